import { isRawJson } from './json-number.ts'

/**
 * JSON as Postgres prints it once it has been through `jsonb`: keys by length, then by bytes; a space after each colon
 * and comma. Undefined where that cannot be told for sure here (numbers beyond plain decimals, keys beyond ASCII): then
 * the database is to be asked. It spares reading back every event that was just written.
 * https://www.postgresql.org/docs/current/datatype-json.html
 */
export function jsonbText(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value)
    case 'number':
      return numberText(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      return Array.isArray(value) ? arrayText(value) : objectText(value as Record<string, unknown>)
    default:
      return undefined
  }
}

function numberText(value: number): string | undefined {
  const text = String(value)
  // An exponent is written out by Postgres; a zero has no sign there, nor in `String`.
  return text.includes('e') || !Number.isFinite(value) ? undefined : text
}

function arrayText(values: readonly unknown[]): string | undefined {
  let text = '['
  for (const value of values) {
    const item = jsonbText(value)
    if (item === undefined) return undefined
    text += text.length > 1 ? `, ${item}` : item
  }
  return `${text}]`
}

function objectText(object: Record<string, unknown>): string | undefined {
  if (isRawJson(object)) return undefined
  const keys = Object.keys(object)
  if (!keys.every(isAscii)) return undefined
  keys.sort(byLengthThenBytes)
  let text = '{'
  for (const key of keys) {
    const value = jsonbText(object[key])
    if (value === undefined) return undefined
    text += `${text.length > 1 ? ', ' : ''}${JSON.stringify(key)}: ${value}`
  }
  return `${text}}`
}

/** Of ASCII the length in characters is the length in bytes, and their order the same. */
function byLengthThenBytes(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length
  return a < b ? -1 : 1
}

function isAscii(key: string): boolean {
  for (let index = 0; index < key.length; index++) if (key.charCodeAt(index) > 0x7f) return false
  return true
}
