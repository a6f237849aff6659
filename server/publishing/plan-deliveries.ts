import { type PlannedDelivery, planDelivery } from '../deliveries/index.ts'
import type { MatchableEvent, SubscriptionDirectory } from '../subscriptions/index.ts'

/** One delivery per subscription that hears of the event; none is a valid answer. */
export function planDeliveries(
  directory: SubscriptionDirectory,
  event: MatchableEvent & { id: string },
): PlannedDelivery[] {
  return directory.match(event).map((subscription) => planDelivery({ event, subscription }))
}
