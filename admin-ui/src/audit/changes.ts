type Facts = Record<string, unknown> | null

export interface Change {
  field: string
  /** Undefined where there was nothing. */
  before: string | undefined
  after: string | undefined
}

/** What changed, field by field. */
export function changesOf(before: Facts, after: Facts): Change[] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])
  return [...fields]
    .map((field) => ({
      field,
      before: describe(before?.[field]),
      after: describe(after?.[field]),
    }))
    .filter((change) => change.before !== change.after)
}

function describe(value: unknown): string | undefined {
  if (value === undefined) return undefined
  return typeof value === 'string' ? value : JSON.stringify(value, null, 1)
}
