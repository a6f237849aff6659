import { timeOfId } from '../kernel/ids.ts'
import { compileNamePatterns } from '../subscriptions/index.ts'
import type { DeliveryFilter } from './filter-schema.ts'
import type { Delivery } from './schemas.ts'

/** What of a delivery a filter looks at. */
export type FilterableDelivery = Pick<
  Delivery,
  | 'id'
  | 'organisationId'
  | 'eventId'
  | 'subscriptionId'
  | 'status'
  | 'attempts'
  | 'trigger'
  | 'eventType'
  | 'entityType'
  | 'entityId'
  | 'lastStatusCode'
  | 'lastOutcome'
  | 'replayId'
>

/** Whether a filter means this delivery: what `filterSql` asks of a row, for deliveries that are in memory. */
export function matchesFilter(filter: DeliveryFilter, delivery: FilterableDelivery): boolean {
  const createdAtMs = timeOfId(delivery.id)
  return (
    isOne(filter.organisationId, delivery.organisationId) &&
    isOneOf(filter.status, delivery.status) &&
    isOneOf(filter.subscriptionId, delivery.subscriptionId) &&
    isOne(filter.eventId, delivery.eventId) &&
    compileNamePatterns(filter.eventType ?? null)(delivery.eventType) &&
    isOneOf(filter.entityType, delivery.entityType) &&
    isOne(filter.entityId, delivery.entityId) &&
    hasStatusCode(filter.statusCode, delivery.lastStatusCode) &&
    isOneOf(filter.outcome, delivery.lastOutcome) &&
    isOneOf(filter.trigger, delivery.trigger) &&
    delivery.attempts >= (filter.minAttempts ?? 0) &&
    delivery.attempts <= (filter.maxAttempts ?? Number.POSITIVE_INFINITY) &&
    isOne(filter.replayId, delivery.replayId) &&
    (filter.since === undefined || createdAtMs >= Date.parse(filter.since)) &&
    (filter.until === undefined || createdAtMs < Date.parse(filter.until))
  )
}

function isOne(wanted: string | undefined, value: string | null): boolean {
  return wanted === undefined || wanted === value
}

function isOneOf(wanted: readonly string[] | undefined, value: string | null): boolean {
  return wanted === undefined || (value !== null && wanted.includes(value))
}

function hasStatusCode(wanted: readonly string[] | undefined, statusCode: number | null): boolean {
  if (wanted === undefined) return true
  return (
    statusCode !== null &&
    rangesOf(wanted).some(([from, to]) => statusCode >= from && statusCode <= to)
  )
}

/** HTTP statuses and classes as ranges, both ends included: `503` and `5xx`. */
export function rangesOf(statusCodes: readonly string[]): [from: number, to: number][] {
  return statusCodes.map((code) => [
    Number(code.replaceAll('x', '0')),
    Number(code.replaceAll('x', '9')),
  ])
}
