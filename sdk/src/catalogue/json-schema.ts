import type { DataSchema, EventDefinitions } from '../event-definitions.ts'

/** A JSON Schema (draft 2020-12) as a plain object. */
export type JsonSchema = Record<string, unknown>

/**
 * The JSON Schema of each type's `data` as it is sent, not as its schema transforms it: what the catalogue stores and shows.
 * @throws Error of the schema library when a schema holds what JSON Schema cannot say
 */
export function jsonSchemasOf<Definitions extends EventDefinitions>(
  definitions: Definitions,
): { [Name in keyof Definitions & string]: JsonSchema } {
  const schemas = Object.entries(definitions).map(([name, { data }]) => [name, jsonSchemaOf(data)])
  return Object.fromEntries(schemas)
}

/** The same of one schema. */
export function jsonSchemaOf(schema: DataSchema): JsonSchema {
  const { vendor, jsonSchema } = schema['~standard']
  const said = jsonSchema.input({
    target: 'draft-2020-12',
    ...(vendor === 'zod' && { libraryOptions: { override: simplify } }),
  })
  // As it will be stored: without what JSON leaves out.
  return JSON.parse(JSON.stringify(said)) as JsonSchema
}

/** Formats that say all of the pattern behind them, which runs to hundreds of characters. */
const spokenFormats = new Set(['uuid', 'date', 'date-time'])

/** People read it: says what zod says in fewer words. */
function simplify({ jsonSchema: schema }: { jsonSchema: JsonSchema }): void {
  if (spokenFormats.has(String(schema['format']))) delete schema['pattern']
  const { propertyNames, anyOf } = schema
  // Any key of JSON is a string.
  if (isObject(propertyNames) && Object.keys(propertyNames).join() === 'type') {
    delete schema['propertyNames']
  }
  const [some, none, ...others] = Array.isArray(anyOf) ? anyOf : []
  if (typeof some?.type !== 'string' || none?.type !== 'null' || others.length > 0) return
  // These hold for null as well.
  if (['const', 'enum', 'allOf', 'anyOf', 'oneOf', 'not'].some((word) => word in some)) return
  delete schema['anyOf']
  Object.assign(schema, { ...some, ...schema, type: [some.type, 'null'] })
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
