import type { Delivery } from '@posthorn/sdk'
import { z } from 'zod/mini'
import { lenient } from './lenient.ts'
import { type LastRange, timeRangeSearch, toBounds } from './time-range.ts'

export type DeliveryStatus = Delivery['status']

export const deliveryStatuses = [
  'pending',
  'succeeded',
  'failed',
  'cancelled',
] as const satisfies DeliveryStatus[]

export const triggers = ['event', 'test', 'replay'] as const

export const outcomes = [
  'succeeded',
  'http_status',
  'timeout',
  'connect',
  'dns',
  'tls',
  'reset',
  'redirect',
  'gone',
  'blocked_address',
  'response_invalid',
  'request_invalid',
  'unprocessable',
  'subscription_unusable',
  'event_dropped',
  'rejected',
  'released',
  'lease_expired',
] as const

/** In the address as in the API: values separated by commas. What is not valid is as if it were not there. */
function listOf<Item extends z.ZodMiniType>(item: Item) {
  const list = z.pipe(
    z.transform((value: unknown) => (typeof value === 'string' ? value.split(',') : value)),
    z.array(item).check(z.minLength(1), z.maxLength(50)),
  )
  return lenient(list)
}

const pattern = z.string().check(z.regex(/^[A-Za-z0-9_.*-]{1,128}$/))
const name = z.string().check(z.regex(/^[A-Za-z0-9_.-]{1,128}$/))
const id = lenient(z.guid())
const attempts = lenient(z.coerce.number().check(z.int(), z.gte(0), z.lte(32_767)))

/** The filter of the deliveries as it stands in the address: one for list, count, chart, tail, replay and export. */
export const deliveryFilterSearch = z.object({
  status: listOf(z.enum(deliveryStatuses)),
  subscriptionId: listOf(z.guid()),
  eventType: listOf(pattern),
  entityType: listOf(name),
  entityId: id,
  eventId: id,
  statusCode: listOf(z.string().check(z.regex(/^[1-5](\d\d|xx)$/))),
  outcome: listOf(z.enum(outcomes)),
  trigger: listOf(z.enum(triggers)),
  minAttempts: attempts,
  maxAttempts: attempts,
  replayId: id,
  ...timeRangeSearch,
})

export type DeliveryFilterSearch = z.infer<typeof deliveryFilterSearch>

/** The filter as the API takes it: with times instead of "the last hour". */
export type DeliveryFilter = Omit<DeliveryFilterSearch, 'last'>

export function toDeliveryFilter(search: DeliveryFilterSearch, nowMs: number): DeliveryFilter {
  const { last, since, until, ...filter } = search
  return { ...filter, ...toBounds({ last, since, until }, nowMs, lastDefault(search)) }
}

/** What one thing has is never much, and may be old. */
export function lastDefault(search: DeliveryFilterSearch): LastRange {
  return search.eventId || search.entityId || search.replayId ? 'all' : '24h'
}

export const filterFields = Object.keys(
  deliveryFilterSearch.shape,
) as (keyof DeliveryFilterSearch)[]

/** Fields of the address that were understood as nothing: shown, rather than left out in silence. */
export function ignoredFields(raw: Record<string, unknown>, parsed: object): string[] {
  const known = parsed as Record<string, unknown>
  return filterFields.filter((field) => raw[field] !== undefined && known[field] === undefined)
}
