export { countByEvent } from './count-by-event.ts'
export type { DeliveryFilter } from './filter-schema.ts'
export { filterSql } from './filter-sql.ts'
export { matchesFilter } from './matches-filter.ts'
export {
  type FailureKind,
  type HopelessKind,
  type Outcome,
  outcomeCode,
  outcomeError,
  type PulledOutcome,
} from './outcome.ts'
export {
  type DeliveryTrigger,
  deliveryIdOfPair,
  type PlannedDelivery,
  planDelivery,
} from './queue-rows.ts'
export { readDeliveries } from './read-deliveries.ts'
export { requestHeaders } from './request-headers.ts'
export { retireDeliveries } from './retire-deliveries.ts'
export { parseRetryAfter, retryDelayMs } from './retry-delay.ts'
export { returnToLedger, returnToQueue } from './return-to-queue.ts'
export { deliveryRoutes } from './routes.ts'
export type { Delivery } from './schemas.ts'
export {
  type Announcement,
  abandonDelivery,
  type Settlement,
  settleDeliveries,
} from './settle-deliveries.ts'
export { settleWithdrawn } from './settle-withdrawn.ts'
export { sign } from './sign.ts'
export { type Decision, decide } from './state.ts'
export { type WebhookEvent, webhookBody } from './webhook-body.ts'
