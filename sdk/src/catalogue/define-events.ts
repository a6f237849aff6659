import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { EventDefinition, EventDefinitions } from '../event-definitions.ts'
import { dataIssues } from './data-issues.ts'
import { type JsonSchema, jsonSchemaOf } from './json-schema.ts'

/** As the API takes names of event types and entity types. */
const namePattern = /^[A-Za-z0-9_.-]{1,128}$/
const nameRule = 'is not a name: use up to 128 letters, digits, _ . -'
const descriptionLengthMax = 2048

/** Each example held to the schema beside it. */
type WithExamples<Definitions extends EventDefinitions> = {
  readonly [Name in keyof Definitions]: {
    readonly example?: Readable<StandardSchemaV1.InferInput<Definitions[Name]['data']>>
  }
}

/** The compiler takes a constant's arrays for readonly ones. */
type Readable<Value> = unknown extends Value
  ? Value
  : { readonly [Key in keyof Value]: Readable<Value[Key]> }

/**
 * Says what the events of a program are: event type → entity type and the shape of `data`, in zod 4 or any library of
 * https://standardschema.dev that can say JSON Schema. The same object types `emit`, the client and the receivers
 * (`EventsOf<typeof events>`), checks data at run time, and is published to the catalogue (`publishEvents`).
 *
 *     const events = defineEvents({
 *       LeaseSigned: { entity: 'Lease', data: z.object({ signedOn: z.iso.date() }) },
 *     })
 * @throws TypeError that lists every mistake: a name that is none, an example that does not fit, a schema that JSON Schema
 * cannot say or that checks asynchronously
 */
export function defineEvents<const Definitions extends EventDefinitions>(
  definitions: Definitions & WithExamples<Definitions>,
): Definitions {
  const mistakes = Object.entries<EventDefinition>(definitions).flatMap(([name, definition]) =>
    mistakesOf(name, definition).map((mistake) => `${name}: ${mistake}`),
  )
  if (mistakes.length === 0) return definitions
  throw new TypeError(`The events are not well defined:\n  ${mistakes.join('\n  ')}`)
}

function mistakesOf(name: string, definition: EventDefinition): string[] {
  const { entity, description, data } = definition
  return [
    ...(namePattern.test(name) ? [] : [nameRule]),
    ...(namePattern.test(entity) ? [] : [`entity ${JSON.stringify(entity)} ${nameRule}`]),
    ...(description === undefined || isDescription(description)
      ? []
      : [`description has ${description.length} characters; write 1 to ${descriptionLengthMax}`]),
    ...(data?.['~standard']?.jsonSchema === undefined
      ? ['data is not a schema that can say JSON Schema; zod can from version 4.2']
      : schemaMistakes(definition)),
  ]
}

function isDescription(text: string): boolean {
  return text.length > 0 && text.length <= descriptionLengthMax
}

function schemaMistakes(definition: EventDefinition): string[] {
  const { data, example } = definition
  const schema = attempt(() => jsonSchemaOf(data))
  if (schema instanceof Error) {
    return [`data cannot be said as JSON Schema: ${schema.message}; say it as it is sent, in JSON`]
  }
  if (!mayBeObject(schema)) return [`data is ${JSON.stringify(schema['type'])}; make it an object`]
  const issues = attempt(() => dataIssues(definition, example ?? {}))
  if (issues instanceof Error) return [issues.message]
  if (example === undefined) return []
  return issues.map(({ field, message }) => `${field.replace(/^data/, 'example')}: ${message}`)
}

function mayBeObject({ type }: JsonSchema): boolean {
  return type === undefined || [type].flat().includes('object')
}

function attempt<T>(run: () => T): T | Error {
  try {
    return run()
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
