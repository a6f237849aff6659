import { z } from 'zod/mini'
import { deliveryFilterSearch } from '../filter/delivery-filter.ts'
import { lenient } from '../filter/lenient.ts'

/** The filter, and which delivery the pane shows. */
export const deliveriesSearch = z.extend(deliveryFilterSearch, {
  d: lenient(z.guid()),
})

/** Which attempt is shown; the last one when it is not said. */
export const deliverySearch = z.object({
  attempt: lenient(z.coerce.number().check(z.int(), z.gte(1))),
})
