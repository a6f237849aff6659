import { bucketOf, deliveryIdOf, pulledBucket, sharedOrderKeyOf } from '../kernel/ids.ts'

/** A delivery about to be queued: one row of the publishing statements. */
export interface PlannedDelivery {
  id: string
  subscription_id: string
  bucket: number
  trigger: DeliveryTrigger
  /** Whose order is kept: the entity, of one organisation; null when the subscription asks for none. */
  order_key: string | null
}

/** What made a delivery be tried: its event, a test, or a person. */
export type DeliveryTrigger = 'event' | 'test' | 'replay'

/** Of an event and a subscription, what their delivery depends on. */
export interface DeliveryFacts {
  event: { id: string; organisationId: string; entityId: string }
  subscription: { id: string; organisationId: string | null; ordering: string; mode: string }
  /** @default 'event' */
  trigger?: DeliveryTrigger
}

/** The one id that the delivery of an event to a subscription has, wherever it is made. */
export function deliveryIdOfPair(
  event: Pick<DeliveryFacts['event'], 'id' | 'organisationId'>,
  subscription: Pick<DeliveryFacts['subscription'], 'id' | 'organisationId'>,
): string {
  const whose = subscription.organisationId === null ? event.organisationId : undefined
  return deliveryIdOf(event.id, subscription.id, whose)
}

export function planDelivery({
  event,
  subscription,
  trigger = 'event',
}: DeliveryFacts): PlannedDelivery {
  return {
    id: deliveryIdOfPair(event, subscription),
    subscription_id: subscription.id,
    bucket: subscription.mode === 'pull' ? pulledBucket : bucketOf(event.organisationId),
    trigger,
    order_key: orderKeyOf(event, subscription),
  }
}

function orderKeyOf(
  { organisationId, entityId }: DeliveryFacts['event'],
  subscription: DeliveryFacts['subscription'],
): string | null {
  if (subscription.ordering !== 'entity') return null
  return subscription.organisationId === null
    ? sharedOrderKeyOf(organisationId, entityId)
    : entityId
}
