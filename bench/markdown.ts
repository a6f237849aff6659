import type { Figure } from './figures.ts'
import type { Machine } from './machine.ts'
import { format, targetText } from './table.ts'

/** A table of what has no group, then one of groups against names, the longer of the two downwards. */
export function pivot(figures: readonly Figure[]): string {
  const alone = figures.filter(({ group }) => group === '')
  const grouped = figures.filter(({ group }) => group !== '')
  const parts: string[] = []
  if (alone.length > 0) {
    parts.push(
      table(
        ['', ''],
        alone.map((one) => [one.name, cell(one)]),
      ),
    )
  }
  if (grouped.length > 0) {
    const groups = [...new Set(grouped.map(({ group }) => group))]
    const names = [...new Set(grouped.map(({ name }) => name))]
    const at = (group: string, name: string) =>
      cell(grouped.find((one) => one.group === group && one.name === name))
    const byGroup = groups.length > names.length
    parts.push(
      byGroup
        ? table(
            ['', ...names],
            groups.map((group) => [group, ...names.map((name) => at(group, name))]),
          )
        : table(
            ['', ...groups],
            names.map((name) => [name, ...groups.map((group) => at(group, name))]),
          ),
    )
  }
  return parts.join('\n\n')
}

function cell(figure: Figure | undefined): string {
  if (!figure) return ''
  const { value, unit, target, met } = figure
  const judged = target ? ` (${targetText(target)}: ${met ? 'met' : '**missed**'})` : ''
  return `${format(value)}${unit === '' ? '' : ` ${unit}`}${judged}`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map((row) => (row[column] ?? '').length)),
  )
  const line = (row: readonly string[]) =>
    `| ${widths.map((size, column) => (row[column] ?? '').padEnd(size)).join(' | ')} |`
  const rule = `| ${widths.map((size, column) => (column === 0 ? '-'.repeat(size) : `${'-'.repeat(size - 1)}:`)).join(' | ')} |`
  return [line(head), rule, ...rows.map(line)].join('\n')
}

export function describe(machine: Machine): string {
  const settings = Object.entries(machine.settings).map(([name, value]) => `\`${name} = ${value}\``)
  return [
    `- ${machine.cores} cores of ${machine.cpu}, ${machine.memoryGib} GiB, ${machine.kernel}`,
    `- Node ${machine.node}, PostgreSQL ${machine.postgres} (the embedded one), everything on this machine`,
    `- Postgres for everybody as the server starts it: ${settings.join(', ')}`,
  ].join('\n')
}
