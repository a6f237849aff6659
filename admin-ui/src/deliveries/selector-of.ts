import { type DeliveryFilterSearch, toDeliveryFilter } from '../filter/delivery-filter.ts'
import type { Selection } from '../grid/selection.ts'
import type { Selector } from '../replays/replay-input.ts'

/** What is to be sent again. All that match are those that match now, not those that come while one decides. */
export function selectorOf(
  selection: Selection,
  filter: DeliveryFilterSearch,
  nowMs: number,
): Selector {
  if (selection.kind === 'keys') return { deliveryIds: [...selection.keys] }
  return { filter: { until: new Date(nowMs).toISOString(), ...toDeliveryFilter(filter, nowMs) } }
}
