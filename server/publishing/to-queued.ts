import { type PlannedDelivery, type WebhookEvent, webhookBody } from '../deliveries/index.ts'
import { pulledBucket } from '../kernel/ids.ts'
import type { QueuedDelivery } from './queued-delivery.ts'

/** The deliveries of an event that a dispatcher is to send, as they now lie in the queue; they share its body. */
export function toQueued(
  event: WebhookEvent,
  deliveries: readonly PlannedDelivery[],
): QueuedDelivery[] {
  const sent = deliveries.filter(({ bucket }) => bucket !== pulledBucket)
  if (sent.length === 0) return []
  const { id, eventType, entityType, entityId, organisationId } = event
  const queuedEvent = { id, eventType, entityType, entityId, body: Buffer.from(webhookBody(event)) }
  return sent.map((delivery) => ({
    organisationId,
    id: delivery.id,
    subscriptionId: delivery.subscription_id,
    bucket: delivery.bucket,
    attempts: 0,
    attemptsBefore: 0,
    trigger: delivery.trigger,
    orderKey: delivery.order_key,
    event: queuedEvent,
  }))
}
