import type { EventDefinitions } from '../event-definitions.ts'
import { attachmentEvents } from './attachment.ts'
import { conversationEvents } from './conversation.ts'
import { deliveryEvents } from './delivery.ts'
import { documentEvents } from './document.ts'
import { issueEvents } from './issue.ts'
import { propertyEvents } from './property.ts'
import { subscriptionEvents } from './subscription.ts'
import { tenantEvents } from './tenant.ts'

/** The event types that every catalogue starts with: property management, and what Posthorn says of itself. */
export const builtInEvents = {
  ...issueEvents,
  ...propertyEvents,
  ...tenantEvents,
  ...documentEvents,
  ...attachmentEvents,
  ...conversationEvents,
  ...subscriptionEvents,
  ...deliveryEvents,
} as const satisfies EventDefinitions
