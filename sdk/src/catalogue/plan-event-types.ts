import { isEqual } from '../compatibility/alternatives.ts'
import { compareSchemas } from '../compatibility/compare-schemas.ts'
import { breaks, type SchemaChange } from '../compatibility/schema-change.ts'
import type { EventDefinition, EventDefinitions } from '../event-definitions.ts'
import type { EventType, EventTypeInput } from '../generated/types.gen.ts'
import { type JsonSchema, jsonSchemaOf } from './json-schema.ts'

/** What happens to data that does not fit: nothing, a warning in the answer, or a refusal. */
type Validation = EventType['validation']

/** What is to be done about one definition. */
export interface PlannedEventType {
  name: string
  input: EventTypeInput
  what: 'created' | 'updated' | 'unchanged'
  /** Whether the catalogue has it marked as not to be used any more. */
  isDeprecated: boolean
  changes: SchemaChange[]
}

/** Holds definitions against the catalogue. What a definition leaves open stays as the catalogue has it. */
export function planEventTypes(
  definitions: EventDefinitions,
  catalogue: readonly EventType[],
  validation?: Validation,
): PlannedEventType[] {
  const known = new Map(catalogue.map((type) => [type.name, type]))
  return Object.entries(definitions).map(([name, definition]) => {
    const before = known.get(name)
    const input = inputOf(name, definition, before, validation)
    if (!before) return { name, input, what: 'created', isDeprecated: false, changes: [] }
    const isSame = (Object.keys(input) as (keyof EventTypeInput)[]).every((field) =>
      isEqual(input[field], before[field]),
    )
    return {
      name,
      input,
      what: isSame ? 'unchanged' : 'updated',
      isDeprecated: before.deprecated,
      changes: isSame ? [] : changesOf(before, input),
    }
  })
}

function inputOf(
  name: string,
  { entity, data, description, example }: EventDefinition,
  before: EventType | undefined,
  validation: Validation | undefined,
): EventTypeInput & { schema: JsonSchema } {
  return {
    entityType: entity,
    description: description ?? before?.description ?? name,
    schema: jsonSchemaOf(data),
    example: example ?? before?.example ?? null,
    validation: validation ?? before?.validation ?? 'warn',
  }
}

function changesOf(before: EventType, { entityType, schema }: EventTypeInput): SchemaChange[] {
  const changes = compareSchemas(before.schema, schema ?? {})
  if (entityType === before.entityType) return changes
  const message = `is ${entityType} now, was ${before.entityType}: subscriptions choose by it`
  return [breaks('entityType', 'entity', message), ...changes]
}
