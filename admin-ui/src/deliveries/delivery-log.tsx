import type { DeliveryFilterSearch } from '../filter/delivery-filter.ts'

export interface LogSearch extends DeliveryFilterSearch {
  /** The delivery that the pane shows. */
  d?: string | undefined
}

export interface DeliveryLogProps {
  search: LogSearch
  /** Takes the new address; `replace` while something is typed. */
  onSearch(search: LogSearch, options?: { replace?: boolean }): void
  /** What the address does not say and nobody can take away: the subscription of a tab. */
  pinned?: Partial<DeliveryFilterSearch>
}

export function DeliveryLog(_: DeliveryLogProps) {
  return null
}
