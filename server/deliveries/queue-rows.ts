import { bucketOf, newId } from '../kernel/ids.ts'

/** A delivery about to be queued: one row of the publishing statements. */
export interface PlannedDelivery {
  id: string
  subscription_id: string
  bucket: number
  trigger: DeliveryTrigger
}

/** What made a delivery be tried: its event, a test, or a person. */
export type DeliveryTrigger = 'event' | 'test' | 'replay'

export function planDelivery(
  organisationId: string,
  subscriptionId: string,
  trigger: DeliveryTrigger = 'event',
): PlannedDelivery {
  return { id: newId(), subscription_id: subscriptionId, bucket: bucketOf(organisationId), trigger }
}
