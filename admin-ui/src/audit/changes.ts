type Facts = Record<string, unknown> | null

export interface Change {
  field: string
  /** Undefined where there was nothing. */
  before: string | undefined
  after: string | undefined
}

const lineMax = 60

/** What changed, field by field. Of what is new, or gone, only what was set. */
export function changesOf(before: Facts, after: Facts): Change[] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])
  return [...fields]
    .map((field) => ({
      field,
      before: describe(before?.[field], after === null),
      after: describe(after?.[field], before === null),
    }))
    .filter((change) => change.before !== change.after)
}

function describe(value: unknown, isAlone: boolean): string | undefined {
  if (value === undefined || (value === null && isAlone)) return undefined
  if (typeof value === 'string') return value
  const line = JSON.stringify(value)
  return line.length <= lineMax ? line : JSON.stringify(value, null, 2)
}
