import type { DeliveryFilter } from '../filter/delivery-filter.ts'

/** What is to be sent again: all that a filter matches, or some. */
export type ReplaySelector = { filter: DeliveryFilter } | { deliveryIds: readonly string[] }

export interface ReplayDialogProps {
  selector: ReplaySelector
  opened: boolean
  onClose(): void
}

export function ReplayDialog(_: ReplayDialogProps) {
  return null
}
