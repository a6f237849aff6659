import {
  type DeliveryFilterSearch,
  deliveryFilterSearch,
  filterFields,
} from '../filter/delivery-filter.ts'

export interface LogSearch extends DeliveryFilterSearch {
  /** The delivery that the pane shows. */
  d?: string | undefined
  /** Fields of the address that were not understood, separated by commas. */
  ignored?: string | undefined
}

/** Takes the new address; `replace` while something is typed. */
export type OnSearch = (search: LogSearch, options?: { replace?: boolean }) => void

/** What narrows, whatever else the address says: which delivery is shown, whose log it is. */
export function filterOf(
  search: LogSearch,
  pinned: Partial<DeliveryFilterSearch>,
): DeliveryFilterSearch {
  return { ...deliveryFilterSearch.parse(search), ...pinned }
}

/** Whether nothing narrows but what is given: all of the last day. */
export function isUnfiltered(search: LogSearch): boolean {
  return filterFields.every((field) => search[field] === undefined)
}
