import type { JsonSchema } from '../catalogue/json-schema.ts'
import { isEqual } from './alternatives.ts'
import { hasType, typesOf, valuesOf } from './compare-values.ts'
import { breaks, fits, type SchemaChange } from './schema-change.ts'

/** Type → its limits, each with the side on which it keeps values. */
const limits = {
  string: { minLength: 'above', maxLength: 'below' },
  number: { minimum: 'above', maximum: 'below' },
  array: { minItems: 'above', maxItems: 'below' },
  object: { minProperties: 'above', maxProperties: 'below' },
} as const

/** How long, how much, how many; and what text looks like. Only of types that a value may have before and now. */
export function compareLimits(path: string, before: JsonSchema, after: JsonSchema): SchemaChange[] {
  const listed = valuesOf(after)
  return Object.entries(limits).flatMap(([type, ofType]) => {
    if (!isShared(before, after, type)) return []
    const changes = Object.entries(ofType).flatMap(([keyword, side]) => {
      const was = limitOf(before, keyword)
      // Of listed values the list says enough, unless they leave what was promised.
      if (listed && !was) return []
      return compareLimit(path, keyword, side, was, extent(after, keyword, listed))
    })
    if (type === 'string') changes.push(...compareText(path, before, after, listed))
    if (type === 'number') changes.push(...compareMultiple(path, before, after, listed))
    if (type === 'array') changes.push(...compareUnique(path, before, after))
    return changes
  })
}

export function isShared(before: JsonSchema, after: JsonSchema, type: string): boolean {
  const may = (schema: JsonSchema) =>
    hasType(typesOf(schema), type) || (type === 'number' && typesOf(schema).includes('integer'))
  return may(before) && may(after)
}

/** A limit; of numbers, `exclusive` says that it is not reached itself. */
interface Limit {
  value: number
  exclusive: boolean
}

function limitOf(schema: JsonSchema, keyword: string): Limit | undefined {
  const exclusiveKeyword = { minimum: 'exclusiveMinimum', maximum: 'exclusiveMaximum' }[keyword]
  const found = [
    { value: schema[keyword], exclusive: false },
    { value: exclusiveKeyword && schema[exclusiveKeyword], exclusive: true },
  ].filter((limit): limit is Limit => typeof limit.value === 'number')
  const side = keyword.startsWith('min') ? 'above' : 'below'
  return found.reduce<Limit | undefined>(
    (tightest, limit) => (!tightest || keeps(side, limit, tightest) ? limit : tightest),
    undefined,
  )
}

/** The limit that a schema has, or that the values have which it lists. */
function extent(schema: JsonSchema, keyword: string, listed: unknown[] | undefined) {
  const sizes = listed?.map((value) => sizeOf(value, keyword)).filter((size) => size !== undefined)
  if (!sizes?.length) return limitOf(schema, keyword)
  const value = keyword.startsWith('min') ? Math.min(...sizes) : Math.max(...sizes)
  return { value, exclusive: false }
}

function sizeOf(value: unknown, keyword: string): number | undefined {
  if (keyword.endsWith('imum')) return typeof value === 'number' ? value : undefined
  if (keyword.endsWith('Length')) return typeof value === 'string' ? [...value].length : undefined
  return undefined
}

/** Whether everything within `inner` is within `outer`. */
function keeps(side: 'above' | 'below', inner: Limit, outer: Limit): boolean {
  if (inner.value === outer.value) return inner.exclusive || !outer.exclusive
  return side === 'above' ? inner.value > outer.value : inner.value < outer.value
}

function compareLimit(
  path: string,
  keyword: string,
  side: 'above' | 'below',
  was: Limit | undefined,
  is: Limit | undefined,
): SchemaChange[] {
  if (isEqual(was, is)) return []
  const message = `has ${keyword} ${textOf(is)} now, was ${textOf(was)}`
  const isKept = !was || (is !== undefined && keeps(side, is, was))
  return [(isKept ? fits : breaks)(path, 'limit', message)]
}

function textOf(limit: Limit | undefined): string {
  return limit ? `${limit.exclusive ? 'exclusive ' : ''}${limit.value}` : 'none'
}

function compareText(
  path: string,
  before: JsonSchema,
  after: JsonSchema,
  listed: unknown[] | undefined,
): SchemaChange[] {
  return (['format', 'pattern'] as const).flatMap((keyword) => {
    const [was, is] = [before[keyword], after[keyword]]
    if (was === is || (keyword === 'pattern' && listed && allMatch(listed, was))) return []
    const message = `has ${keyword} ${is ?? 'none'} now, was ${was ?? 'none'}`
    return [(was === undefined ? fits : breaks)(path, 'format', message)]
  })
}

function allMatch(values: unknown[], pattern: unknown): boolean {
  try {
    const expression = new RegExp(String(pattern), 'u')
    return values.every((value) => typeof value !== 'string' || expression.test(value))
  } catch {
    return false
  }
}

function compareMultiple(
  path: string,
  { multipleOf: was }: JsonSchema,
  { multipleOf: is }: JsonSchema,
  listed: unknown[] | undefined,
): SchemaChange[] {
  if (was === is) return []
  const numbers = listed?.filter((value) => typeof value === 'number') ?? [is]
  const isKept =
    was === undefined ||
    numbers.every((number) => typeof number === 'number' && number % (was as number) === 0)
  const message = `has multipleOf ${is ?? 'none'} now, was ${was ?? 'none'}`
  return [(isKept ? fits : breaks)(path, 'limit', message)]
}

function compareUnique(path: string, before: JsonSchema, after: JsonSchema): SchemaChange[] {
  const [was, is] = [before['uniqueItems'] === true, after['uniqueItems'] === true]
  if (was === is) return []
  return [
    is ? fits(path, 'limit', 'repeats no item now') : breaks(path, 'limit', 'may repeat items now'),
  ]
}
