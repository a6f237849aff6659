import { jsonSchemasOf } from '@posthorn/sdk'
import { builtInEvents } from '@posthorn/sdk/built-in-events'

/** An event type as the catalogue stores it. */
export interface BuiltInEventType {
  name: string
  entityType: string
  description: string
  schema: Record<string, unknown>
  example: Record<string, unknown>
}

/** The event types that every catalogue starts with, in the order in which they are defined. */
export function builtInEventTypes(): BuiltInEventType[] {
  const schemas = jsonSchemasOf(builtInEvents)
  return Object.entries(builtInEvents).map(([name, { entity, description, example }]) => ({
    name,
    entityType: entity,
    description,
    schema: schemas[name as keyof typeof builtInEvents],
    example,
  }))
}
