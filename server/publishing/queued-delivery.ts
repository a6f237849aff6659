import type { DeliveryTrigger } from '../deliveries/index.ts'

/** The event's part of a delivery, shared by all deliveries of the event. `body` is what every attempt sends. */
export interface QueuedEvent {
  id: string
  eventType: string
  entityType: string
  entityId: string
  body: Buffer
}

/** A delivery that waits in the queue, with what is needed to send it. */
export interface QueuedDelivery {
  organisationId: string
  id: string
  subscriptionId: string
  bucket: number
  attempts: number
  attemptsBefore: number
  trigger: DeliveryTrigger
  /** The entity whose order is kept, or null. Only the oldest of an entity may be sent. */
  orderKey: string | null
  event: QueuedEvent
}

/** The dispatcher as publishing sees it: who owns a bucket takes its deliveries from memory, not from disk. */
export interface DeliverySink {
  owns(bucket: number): boolean
  take(deliveries: QueuedDelivery[]): void
}
