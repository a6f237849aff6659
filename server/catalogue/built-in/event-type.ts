import type { z } from 'zod'

/** An event type that Posthorn knows from the start. */
export interface BuiltInEventType {
  readonly name: string
  readonly entityType: string
  readonly description: string
  /** Shape of the event's `data`. Fields it does not name are welcome: producers may add. */
  readonly schema: z.ZodObject
  readonly example: Readonly<Record<string, unknown>>
}

/** Keeps the name and the shape as types, and holds the example to the schema while compiling. */
export function defineEventType<
  const Name extends string,
  const EntityType extends string,
  Schema extends z.ZodObject,
>(eventType: {
  name: Name
  entityType: EntityType
  description: string
  schema: Schema
  example: z.input<Schema>
}) {
  return eventType
}
