import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec'

/** A schema that checks `data` and can say itself as JSON Schema: zod 4, ArkType, Valibot (https://standardschema.dev). */
export type DataSchema = StandardSchemaV1 & StandardJSONSchemaV1

/** What a program says of one event type. */
export interface EventDefinition {
  /** Entity type of its events: `Issue`. */
  entity: string
  /** What their `data` is. */
  data: DataSchema
  /** One sentence, for the catalogue. */
  description?: string
  /** A `data` as it may come, for the catalogue. */
  example?: Record<string, unknown>
}

/** Event type → what it is. Made by `defineEvents`. */
export type EventDefinitions = Readonly<Record<string, EventDefinition>>

/** The catalogue that the definitions make, for the compiler: for `emit`, the client and `verifyWebhook`. */
export type EventsOf<Definitions extends EventDefinitions> = {
  [Name in keyof Definitions & string]: {
    entityType: Definitions[Name]['entity']
    data: ObjectOf<StandardSchemaV1.InferInput<Definitions[Name]['data']>>
  }
}

/** Of definitions that the compiler does not know, `data` is any object. */
type ObjectOf<Input> = unknown extends Input ? object : Extract<Input, object>
