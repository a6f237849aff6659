import { type DeliveryFilterSearch, toDeliveryFilter } from '../filter/delivery-filter.ts'
import type { Selection } from '../grid/selection.ts'
import type { ReplaySelector } from '../replays/replay-dialog.tsx'

/** What is to be sent again. All that match are those that match now, not those that come while one decides. */
export function selectorOf(
  selection: Selection,
  filter: DeliveryFilterSearch,
  nowMs: number,
): ReplaySelector {
  if (selection.kind === 'keys') return { deliveryIds: [...selection.keys] }
  return { filter: { until: new Date(nowMs).toISOString(), ...toDeliveryFilter(filter, nowMs) } }
}
