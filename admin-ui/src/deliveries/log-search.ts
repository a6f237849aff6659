import type { DeliveryFilterSearch } from '../filter/delivery-filter.ts'

export interface LogSearch extends DeliveryFilterSearch {
  /** The delivery that the pane shows. */
  d?: string | undefined
  /** Fields of the address that were not understood, separated by commas. */
  ignored?: string | undefined
}

/** Takes the new address; `replace` while something is typed. */
export type OnSearch = (search: LogSearch, options?: { replace?: boolean }) => void

/** What narrows, whatever the pane shows. */
export function filterOf(
  { d: _, ignored: __, ...search }: LogSearch,
  pinned: Partial<DeliveryFilterSearch>,
): DeliveryFilterSearch {
  return { ...search, ...pinned }
}

/** Whether nothing narrows but what is given: all of the last day. */
export function isUnfiltered({ d: _, ignored: __, ...search }: LogSearch): boolean {
  return Object.values(search).every((value) => value === undefined)
}
