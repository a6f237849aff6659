import { type DeliveryFilter, matchesFilter } from '../deliveries/index.ts'
import type { StreamedAttempt } from './schemas.ts'

/** Whether a list with this filter would show the delivery, as it is after the attempt. */
export function isMeant(filter: DeliveryFilter, attempt: StreamedAttempt): boolean {
  return matchesFilter(filter, {
    ...attempt,
    id: attempt.deliveryId,
    attempts: attempt.number,
    lastStatusCode: attempt.statusCode,
    lastOutcome: attempt.outcome,
    replayId: null,
  })
}
