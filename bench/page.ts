import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { SectionResult } from './bench.ts'
import { barChart } from './chart.ts'
import { drawings } from './drawings.ts'
import { describe, pivot } from './markdown.ts'
import { sections } from './sections.ts'

const dir = new URL('../docs/benchmarks/', import.meta.url)

/**
 * Writes docs/benchmarks/ anew: what was measured now, and of the sections that were not run, what is known of them. Every
 * section says when and with what it was measured.
 */
export function writePage(measured: readonly SectionResult[]): void {
  mkdirSync(dir, { recursive: true })
  const path = new URL('results.json', dir)
  const known: SectionResult[] = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : []
  const results = sections.flatMap(
    ({ name }) => [...measured, ...known].find((one) => one.name === name) ?? [],
  )
  writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`)
  const charts = drawings(results)
  for (const { file, chart } of charts) writeFileSync(new URL(file, dir), barChart(chart))
  writeFileSync(new URL('README.md', dir), page(results, charts))
}

function page(
  results: readonly SectionResult[],
  charts: readonly { file: string; chart: { title: string } }[],
): string {
  const newest = results.toSorted((a, b) => b.measuredAt.localeCompare(a.measuredAt))[0]
  const judged = results.flatMap(({ figures }) => figures.filter(({ met }) => met !== null))
  const met = judged.filter((one) => one.met).length
  return [
    '# Benchmarks',
    '<!-- Written by `npm run bench -- --write`. -->',
    'Figures of one machine, taken by `npm run bench`, good and bad. Rates depend on the machine; ratios less so: what is ' +
      'compared was measured in turns, in the same run, rates as the median of three rounds. Every delivery is ' +
      'waited for until its result is in the database, and counted at the receiver; a run that loses one fails. ' +
      '[Decision 22](../decisions/0022-how-we-measure.md) says why it is done this way.',
    `${met} of ${judged.length} targets were met.`,
    charts.map(({ file, chart }) => `![${chart.title}](${file})`).join('\n\n'),
    '## Machine',
    newest ? describe(newest.machine) : '',
    ...results.flatMap((result) => {
      const section = sections.find(({ name }) => name === result.name)
      return [
        `## ${section?.title}`,
        section?.method ?? '',
        `_${result.measuredAt.slice(0, 16).replace('T', ' ')} UTC, size ${result.size}, ${result.seconds} s, ` +
          `load of the machine before it ${result.loadBefore}._`,
        pivot(result.figures),
      ]
    }),
    '## Do it yourself',
    '```sh\nnpm run bench                                # minutes\nnpm run bench -- --only throughput,latency\n' +
      'npm run bench -- --full                      # the sizes that are promised\nnpm run bench -- --json figures.json\n' +
      'npm run bench -- --write                     # this page\n```',
    'CPU is per delivery, of the process that sends plus all of Postgres; that of the receiver and of the load is counted apart. ' +
      'kB and MB are powers of ten.',
  ]
    .filter(Boolean)
    .join('\n\n')
    .concat('\n')
}
