import type { FailureGroup } from '@posthorn/sdk'
import {
  type DeliveryFilter,
  type DeliveryFilterSearch,
  deliveryFilterSearch,
  toDeliveryFilter,
} from '../filter/delivery-filter.ts'

/** The deliveries of a group, as the log finds them: to the same subscription, ended in the same way. */
export function searchOfGroup(
  { subscriptionId, outcome, statusCode }: FailureGroup,
  filter: DeliveryFilterSearch,
): DeliveryFilterSearch {
  const how = deliveryFilterSearch.parse({
    outcome: outcome === null ? undefined : [outcome],
    statusCode: statusCode === null ? undefined : [String(statusCode)],
  })
  return {
    ...filter,
    status: ['failed', 'pending'],
    subscriptionId: [subscriptionId],
    ...(how.outcome && { outcome: how.outcome }),
    ...(how.statusCode && { statusCode: how.statusCode }),
  }
}

/** Those of a group that were given up by now; what fails while one decides is left for the next replay. */
export function replayOfGroup(
  group: FailureGroup,
  filter: DeliveryFilterSearch,
  nowMs: number,
): DeliveryFilter {
  const search = { ...searchOfGroup(group, filter), status: ['failed' as const] }
  return { until: new Date(nowMs).toISOString(), ...toDeliveryFilter(search, nowMs) }
}
