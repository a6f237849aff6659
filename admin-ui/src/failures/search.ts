import { z } from 'zod/mini'
import { deliveryFilterSearch } from '../filter/delivery-filter.ts'
import { lenient } from '../filter/lenient.ts'

/** The filter, and which group the pane shows. */
export const failuresSearch = z.extend(deliveryFilterSearch, {
  group: lenient(z.string().check(z.regex(/^[\w-]{16}$/))),
})

export type FailuresSearch = z.infer<typeof failuresSearch>

export interface SearchProps {
  search: FailuresSearch
  /** Takes the new address; `replace` while the pane follows the keyboard. */
  onSearch: (search: FailuresSearch, replace?: boolean) => void
}
