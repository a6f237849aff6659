import type { Figure, Target } from './figures.ts'

export function targetText(target: Target | null): string {
  if (target?.atMost !== undefined) return `≤ ${format(target.atMost)}`
  if (target?.atLeast !== undefined) return `≥ ${format(target.atLeast)}`
  return ''
}

export function verdict({ met }: Figure): string {
  if (met === null) return ''
  return met ? 'met' : 'missed'
}

export function format(value: number): string {
  return value.toLocaleString('en-GB')
}

/** One line of the table on the terminal. */
export function row(figure: Figure): string {
  const { name, value, unit, target } = figure
  const columns = [name.padEnd(58), format(value).padStart(10), unit.padEnd(13)]
  return `  ${[...columns, targetText(target).padEnd(8), verdict(figure)].join(' ').trimEnd()}`
}
