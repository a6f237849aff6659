import type { FieldIssue } from '../kernel/errors.ts'
import { compileSchema, newAjv } from './compile-schema.ts'
import { describeErrors } from './describe-errors.ts'

const schemaBytesMax = 64 * 1024
/** Deeper than any schema a person reads; ajv's compiler recurses. */
const schemaDepthMax = 32

const draft = 'https://json-schema.org/draft/2020-12/schema'

/** Enough of every JSON type to send a schema that only refers to itself round in circles. */
const probes: unknown[] = [null, true, 0, '', [], [0], {}, { probe: 0 }]

/** What keeps a host's JSON Schema from describing an event type; nothing when it can. */
export function checkSchema(schema: unknown): FieldIssue[] {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) {
    return [issue('is not a JSON Schema', 'Send an object, such as { "type": "object" }.')]
  }
  if (isDeeperThan(schema, schemaDepthMax)) {
    return [issue(`is nested deeper than ${schemaDepthMax} levels`, 'Move parts of it into $defs.')]
  }
  const bytes = Buffer.byteLength(JSON.stringify(schema))
  if (bytes > schemaBytesMax) {
    return [
      issue(`has ${bytes} bytes`, `Use at most ${schemaBytesMax}: leave out examples and texts.`),
    ]
  }
  const $schema = '$schema' in schema ? schema.$schema : draft
  if ($schema !== draft && $schema !== `${draft}#`) {
    return [
      {
        ...issue('is not draft 2020-12', `Make it "${draft}", or leave it out.`),
        field: 'schema.$schema',
      },
    ]
  }
  return compileIssues(schema)
}

function compileIssues(schema: object): FieldIssue[] {
  const ajv = newAjv()
  try {
    if (ajv.validateSchema(schema) !== true) return describeErrors('schema', ajv.errors ?? [])
    const validate = compileSchema(schema)
    for (const probe of probes) validate(probe)
    return []
  } catch (error) {
    if (error instanceof RangeError) {
      return [
        issue('refers to itself without going deeper', 'Refer to it from a property or an item.'),
      ]
    }
    const message = error instanceof Error ? error.message : String(error)
    const fix = message.startsWith("can't resolve reference")
      ? 'Copy what it refers to into $defs: nothing is loaded from elsewhere.'
      : 'Try it in any validator of draft 2020-12.'
    return [issue(`cannot be compiled: ${message}`, fix)]
  }
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((child) => isDeeperThan(child, levels - 1))
}

function issue(message: string, fix: string): FieldIssue {
  return { field: 'schema', message, fix }
}
