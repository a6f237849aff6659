import type { DeliveryFilterSearch } from '../filter/delivery-filter.ts'

export interface LogSearch extends DeliveryFilterSearch {
  /** The delivery that the pane shows. */
  d?: string | undefined
}

/** Takes the new address; `replace` while something is typed. */
export type OnSearch = (search: LogSearch, options?: { replace?: boolean }) => void

/** What narrows, whatever the pane shows. */
export function filterOf(
  { d: _, ...search }: LogSearch,
  pinned: Partial<DeliveryFilterSearch>,
): DeliveryFilterSearch {
  return { ...search, ...pinned }
}

/** A new filter with the pane as it is. */
export function withFilter(search: LogSearch, filter: DeliveryFilterSearch): LogSearch {
  return search.d === undefined ? filter : { ...filter, d: search.d }
}

/** Whether nothing narrows but what is given: all of the last day. */
export function isUnfiltered({ d: _, ...search }: LogSearch): boolean {
  return Object.values(search).every((value) => value === undefined)
}
