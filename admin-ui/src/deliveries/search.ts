import { z } from 'zod/mini'
import { deliveryFilterSearch, ignoredFields } from '../filter/delivery-filter.ts'
import { lenient } from '../filter/lenient.ts'

const schema = z.extend(deliveryFilterSearch, {
  d: lenient(z.guid()),
  ignored: lenient(z.string()),
})

/**
 * The filter, which delivery the pane shows, and what of the address was not understood: the router writes the address
 * anew from what is returned here, so what is not in it would be gone in silence.
 */
export function deliveriesSearch(raw: Record<string, unknown>): z.infer<typeof schema> {
  const { ignored, ...search } = schema.parse(raw)
  const fields = ignoredFields(raw, search)
  const all = fields.length > 0 ? fields.join(',') : ignored
  return { ...search, ...(all !== undefined && { ignored: all }) }
}

/** Which attempt is shown; the last one when it is not said. */
export const deliverySearch = z.object({
  attempt: lenient(z.coerce.number().check(z.int(), z.gte(1))),
})
