import { number } from '../messages/number.ts'

type Facts = Record<string, unknown> | null

export interface Change {
  /** As the API has it; of a group such as quotas, `quotas.backlog`. */
  field: string
  /** Undefined where there was nothing. */
  before: string | undefined
  after: string | undefined
}

const lineMax = 60

/** Is told field by field; of other objects the whole is what people know. */
const groups = ['quotas']

/** What stands in the place of a secret: two of them are alike, and yet something changed. */
export const hidden = '[secret]'

/** What changed, field by field. Of what is new, or gone, only what was set. */
export function changesOf(before: Facts, after: Facts): Change[] {
  const [was, is] = [spread(before), spread(after)]
  const fields = new Set([...Object.keys(was), ...Object.keys(is)])
  return [...fields]
    .map((field) => ({ field, before: describe(was[field]), after: describe(is[field]) }))
    .filter((change) => change.before !== change.after || change.after?.includes(hidden))
}

function spread(facts: Facts): Record<string, unknown> {
  const entries = Object.entries(facts ?? {}).flatMap(([name, value]) =>
    groups.includes(name) && typeof value === 'object' && value !== null
      ? Object.entries(value).map(([part, inner]) => [`${name}.${part}`, inner] as const)
      : [[name, value] as const],
  )
  return Object.fromEntries(entries)
}

function describe(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string') return value
  if (typeof value === 'number') return number(value)
  if (isTexts(value)) return value.join(', ')
  const line = JSON.stringify(value)
  return line.length <= lineMax ? line : JSON.stringify(value, null, 2)
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string')
}
