import type { ReplayFilter, ReplayInput } from '@posthorn/sdk'
import type { DeliveryFilter } from '../filter/delivery-filter.ts'

export type ReplayMode = NonNullable<ReplayInput['mode']>

/** What is to be sent again: all that a filter matches, or some. */
export type Selector = { filter: DeliveryFilter } | { deliveryIds: readonly string[] }

/** The API takes no more by their ids. */
export const selectionMax = 1000

/** What a delivery has only when it is there: it says nothing of what is missing. */
const ofDeliveries = [
  'status',
  'statusCode',
  'outcome',
  'trigger',
  'minAttempts',
  'maxAttempts',
  'replayId',
]

/** What is missing is looked for with the filters of one subscription. */
export function canBeMissing(selector: Selector): boolean {
  return 'filter' in selector && selector.filter.subscriptionId?.length === 1
}

/** The fields that mode `missing` has to leave out. */
export function ignoredWhenMissing(selector: Selector): string[] {
  if (!('filter' in selector)) return []
  const filter = selector.filter as Record<string, unknown>
  return ofDeliveries.filter((field) => filter[field] !== undefined)
}

export function toReplayInput(selector: Selector, mode: ReplayMode): ReplayInput {
  if ('deliveryIds' in selector) return { mode, deliveryIds: [...selector.deliveryIds] }
  const ignored = mode === 'missing' ? ofDeliveries : []
  const fields = Object.entries(selector.filter).filter(
    ([field, value]) => value !== undefined && !ignored.includes(field),
  )
  return { mode, filter: Object.fromEntries(fields) as ReplayFilter }
}
