import type { SectionResult } from './bench.ts'
import type { BarChart } from './chart.ts'

/** The charts of the page: what became of the same work, in rate and in cost. */
export function drawings(results: readonly SectionResult[]): { file: string; chart: BarChart }[] {
  const figures = results.find(({ name }) => name === 'job-queues')?.figures ?? []
  const subjects = [...new Set(figures.map(({ group }) => group))].filter(Boolean)
  const bars = (name: string) =>
    subjects.flatMap((group) => {
      const found = figures.find((one) => one.group === group && one.name === name)
      return found ? [{ label: group, value: found.value, ours: group === 'Posthorn' }] : []
    })
  if (subjects.length === 0) return []
  const bare = figures.find(({ name }) => name === 'bare loop')?.value ?? 0
  return [
    {
      file: 'delivered.svg',
      chart: {
        title: 'Signed webhooks delivered and recorded',
        unit: 'per second, 1 kB, everything on one machine',
        bars: [{ label: 'bare loop, nothing kept', value: bare }, ...bars('delivered')],
      },
    },
    {
      file: 'cpu.svg',
      chart: {
        title: 'CPU time per delivery',
        unit: 'µs, Node and Postgres together',
        bars: bars('CPU'),
      },
    },
  ]
}
