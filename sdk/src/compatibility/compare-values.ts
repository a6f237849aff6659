import type { JsonSchema } from '../catalogue/json-schema.ts'
import { isEqual } from './alternatives.ts'
import { breaks, fits, type SchemaChange } from './schema-change.ts'

const everyType = ['object', 'array', 'string', 'number', 'boolean', 'null']

/** The values that a schema lists, or undefined when it lists none. */
export function valuesOf({ const: only, enum: some, type }: JsonSchema): unknown[] | undefined {
  const listed = only === undefined ? some : [only]
  if (!Array.isArray(listed)) return type === 'null' ? [null] : undefined
  return listed.filter((value) => covers(type === undefined ? everyType : [type].flat(), value))
}

/** The types that a value may have. */
export function typesOf(schema: JsonSchema): string[] {
  const values = valuesOf(schema)
  if (values) return [...new Set(values.map(typeOf))]
  return schema['type'] === undefined ? everyType : ([schema['type']].flat() as string[])
}

export function hasType(types: readonly string[], type: string): boolean {
  return types.includes(type) || (type === 'integer' && types.includes('number'))
}

export function compareTypes(path: string, before: JsonSchema, after: JsonSchema): SchemaChange[] {
  const [was, is] = [typesOf(before), typesOf(after)]
  const gained = is.filter((type) => !hasType(was, type))
  if (gained.length === 1 && gained[0] === 'null') {
    return [breaks(path, 'nullable', 'may be null now')]
  }
  if (gained.length > 0) {
    return [
      breaks(path, 'type_widened', `may be ${gained.join(' or ')} now, was ${was.join(' or ')}`),
    ]
  }
  const lost = was.filter((type) => !is.includes(type))
  return lost.length === 0
    ? []
    : [fits(path, 'type_narrowed', `is ${is.join(' or ')} now, was ${was.join(' or ')}`)]
}

export function compareEnums(path: string, before: JsonSchema, after: JsonSchema): SchemaChange[] {
  const [was, is] = [valuesOf(before), valuesOf(after)]
  if (!was) return is ? [fits(path, 'values_removed', `is only ${listOf(is)} now`)] : []
  if (!is) return [breaks(path, 'values_added', `may be other than ${listOf(was)} now`)]
  const gained = is.filter((value) => !was.some((one) => isEqual(one, value)))
  const lost = was.filter((value) => !is.some((one) => isEqual(one, value)))
  return [
    ...(gained.length > 0 ? [breaks(path, 'values_added', `may be ${listOf(gained)} now`)] : []),
    ...(lost.length > 0 ? [fits(path, 'values_removed', `is never ${listOf(lost)} now`)] : []),
  ]
}

function listOf(values: unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(' or ') || 'nothing'
}

function covers(types: readonly unknown[], value: unknown): boolean {
  return hasType(types as string[], typeOf(value))
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}
