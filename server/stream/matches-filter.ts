import type { DeliveryFilter } from '../deliveries/index.ts'
import type { StreamedAttempt } from './schemas.ts'

/** Whether a list with this filter would show the delivery, as it is after the attempt. */
export function matchesFilter(filter: DeliveryFilter, attempt: StreamedAttempt): boolean {
  const { status, subscriptionId, eventId, eventType, entityType, entityId, since, until } = filter
  const createdMs = Date.parse(attempt.createdAt)
  return (
    (status === undefined || status === attempt.status) &&
    (eventType === undefined || eventType === attempt.eventType) &&
    (entityType === undefined || entityType === attempt.entityType) &&
    isSame(subscriptionId, attempt.subscriptionId) &&
    isSame(eventId, attempt.eventId) &&
    isSame(entityId, attempt.entityId) &&
    (since === undefined || createdMs >= Date.parse(since)) &&
    (until === undefined || createdMs < Date.parse(until))
  )
}

/** UUIDs in any case, as Postgres compares them. */
function isSame(wanted: string | undefined, id: string): boolean {
  return wanted === undefined || wanted.toLowerCase() === id
}
