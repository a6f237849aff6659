import { type DeliveryFilterSearch, deliveryFilterSearch } from '../filter/delivery-filter.ts'
import { parseSearch, stringifySearch } from '../filter/search-params.ts'

/** Views that everybody has. */
export const builtInViews = {
  all: {},
  failed: { status: ['failed'] },
  retrying: { status: ['pending'], minAttempts: 1 },
  never: { maxAttempts: 0 },
} as const satisfies Record<string, DeliveryFilterSearch>

/** A view as its address, for a view is a named address. */
export function toAddress(search: DeliveryFilterSearch): string {
  return stringifySearch(deliveryFilterSearch.parse(search))
}

export function fromAddress(address: string): DeliveryFilterSearch {
  return deliveryFilterSearch.parse(parseSearch(address))
}

/** Whether a view is what is shown, whatever the time. */
export function isView(view: DeliveryFilterSearch, search: DeliveryFilterSearch): boolean {
  const without = ({ last: _, since: __, until: ___, ...filter }: DeliveryFilterSearch) => filter
  return toAddress(without(view)) === toAddress(without(search))
}
