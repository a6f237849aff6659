export interface Target {
  atMost?: number
  atLeast?: number
}

export interface Figure {
  /** What several figures of a section have in common. */
  group: string
  name: string
  value: number
  unit: string
  target: Target | null
  /** Null where there is nothing to meet. */
  met: boolean | null
}

export function judge(facts: Omit<Figure, 'met'>): Figure {
  const { value, target } = facts
  return { ...facts, value: round(value), met: target && meets(value, target) }
}

function meets(value: number, { atMost, atLeast }: Target): boolean {
  if (atMost !== undefined && !(value <= atMost)) return false
  return atLeast === undefined || value >= atLeast
}

/** Three digits that mean something. */
function round(value: number): number {
  if (Math.abs(value) >= 100) return Math.round(value)
  return Math.round(value * 100) / 100
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The value that this share of the values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}
