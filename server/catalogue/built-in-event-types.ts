import { z } from 'zod'
import { attachmentEventTypes } from './built-in/attachment.ts'
import { conversationEventTypes } from './built-in/conversation.ts'
import { deliveryEventTypes } from './built-in/delivery.ts'
import { documentEventTypes } from './built-in/document.ts'
import type { BuiltInEventType } from './built-in/event-type.ts'
import { issueEventTypes } from './built-in/issue.ts'
import { propertyEventTypes } from './built-in/property.ts'
import { subscriptionEventTypes } from './built-in/subscription.ts'
import { tenantEventTypes } from './built-in/tenant.ts'

export type { BuiltInEventType } from './built-in/event-type.ts'

const eventTypes = [
  ...issueEventTypes,
  ...propertyEventTypes,
  ...tenantEventTypes,
  ...documentEventTypes,
  ...attachmentEventTypes,
  ...conversationEventTypes,
  ...subscriptionEventTypes,
  ...deliveryEventTypes,
]

/** The event types that every catalogue starts with: property management, and what Posthorn says of itself. */
export const builtInEventTypes: readonly BuiltInEventType[] = eventTypes

/** What `emit` knows while compiling: event type → its entity type and the shape of its `data`. */
export type BuiltInCatalogue = {
  [EventType in (typeof eventTypes)[number] as EventType['name']]: {
    entityType: EventType['entityType']
    data: z.input<EventType['schema']>
  }
}

/** JSON Schema (draft 2020-12) of an event type's `data`, as the catalogue stores and shows it. */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', override: ({ jsonSchema }) => simplify(jsonSchema) })
}

type JsonSchema = z.core.JSONSchema.BaseSchema

/** People read it: says the same in fewer words. */
function simplify(schema: JsonSchema): void {
  // `format` says it; the pattern behind it runs to hundreds of characters.
  if (schema.format !== undefined) delete schema.pattern
  // Any key of JSON is a string.
  if (schema.propertyNames !== undefined) delete schema.propertyNames
  const [some, none] = schema.anyOf ?? []
  if (some !== undefined && typeof some.type === 'string' && none?.type === 'null') {
    delete schema.anyOf
    Object.assign(schema, { ...some, ...schema, type: [some.type, 'null'] })
  }
}
