import type postgres from 'postgres'

type ColumnType = postgres.PostgresType<unknown>

const toNumber = (text: string): unknown => Number(text)
const toDate = (text: string): unknown => new Date(text)
const toText = (text: string): unknown => text
const toBoolean = (text: string): unknown => text === 't'
const toJson = (text: string): unknown => JSON.parse(text)

/** Element type, its array type, and how one element is read. */
const arrays: readonly [element: number, array: number, parse: (text: string) => unknown][] = [
  [16, 1000, toBoolean],
  [20, 1016, toNumber],
  [21, 1005, toNumber],
  [23, 1007, toNumber],
  [25, 1009, toText],
  [114, 199, toJson],
  [701, 1022, toNumber],
  [1043, 1015, toText],
  [1184, 1185, toDate],
  [2950, 2951, toText],
  [3802, 3807, toJson],
]

/** Which array type a `sql.array()` of an element type becomes. */
export const arrayTypeOf: Record<number, number> = Object.fromEntries(
  arrays.map(([element, array]) => [element, array]),
)

/**
 * int8 as a number (ids are UUIDs; counts stay below 2^53), and arrays. The driver would ask the server for its array
 * types on every new connection, and when the connection is lost just then, its own query rejects with nobody to
 * catch it: an unhandled rejection, which ends the process.
 */
export const columnTypes: Record<string, ColumnType> = {
  int8: { to: 20, from: [20], serialize: String, parse: toNumber },
}
for (const [element, array, parse] of arrays) {
  const isJson = element === 114 || element === 3802
  columnTypes[`array${element}`] = {
    to: array,
    from: [array],
    serialize: (value) => (Array.isArray(value) ? formatArray(value, isJson) : String(value)),
    parse: (text: string) => parseArray(text, parse),
  }
}

/** Writes Postgres' array literal: `{"a","b",NULL}`. */
export function formatArray(values: readonly unknown[], isJson = false): string {
  const items = values.map((value) => {
    if (value === null || value === undefined) return 'NULL'
    if (Array.isArray(value) && !isJson) return formatArray(value)
    return `"${formatElement(value, isJson).replace(/["\\]/g, '\\$&')}"`
  })
  return `{${items.join(',')}}`
}

function formatElement(value: unknown, isJson: boolean): string {
  if (isJson) return JSON.stringify(value)
  return value instanceof Date ? value.toISOString() : String(value)
}

/** Reads Postgres' array literal; dimensions nest. */
export function parseArray(text: string, parse: (element: string) => unknown): unknown[] {
  const root: unknown[] = []
  const open: unknown[][] = [root]
  // A brace, a quoted element with its escapes, or a bare one.
  for (const [token, quoted] of text.matchAll(/[{}]|"((?:[^"\\]|\\.)*)"|[^,{}"]+/gs)) {
    if (token === '{') {
      const inner: unknown[] = []
      open.at(-1)?.push(inner)
      open.push(inner)
    } else if (token === '}') {
      open.pop()
    } else if (quoted !== undefined) {
      open.at(-1)?.push(parse(quoted.replace(/\\(.)/gs, '$1')))
    } else {
      open.at(-1)?.push(token === 'NULL' ? null : parse(token))
    }
  }
  return root[0] as unknown[]
}
