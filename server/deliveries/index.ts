export {
  type DeliveryFilter,
  deliveryFilter,
  deliveryFilterSchema,
} from './filter-schema.ts'
export { filterSql } from './filter-sql.ts'
export { type FilterableDelivery, matchesFilter } from './matches-filter.ts'
export { type FailureKind, type Outcome, outcomeCode, outcomeError } from './outcome.ts'
export { type DeliveryTrigger, type PlannedDelivery, planDelivery } from './queue-rows.ts'
export { presentDelivery, readDeliveries } from './read-deliveries.ts'
export { requestHeaders } from './request-headers.ts'
export { retireDeliveries } from './retire-deliveries.ts'
export { deliveryRoutes } from './routes.ts'
export {
  type Announcement,
  abandonDelivery,
  type Settlement,
  settleDeliveries,
} from './settle-deliveries.ts'
export type { Delivery } from './schemas.ts'
export {
  type DeliveryRow,
  readAs,
  type SearchResult,
  searchDeliveries,
  type Tenant,
} from './search-deliveries.ts'
export { abandonDelivery, type Settlement, settleDeliveries } from './settle-deliveries.ts'
export { sign } from './sign.ts'
export { type Decision, decide } from './state.ts'
export { countDeliveries } from './summarize-deliveries.ts'
export { type WebhookEvent, webhookBody } from './webhook-body.ts'
