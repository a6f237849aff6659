import { z } from 'zod/mini'

/** A part of the address. What is not valid is as if it were not there: a link that is bent still opens its page. */
export function lenient<Schema extends z.ZodMiniType>(schema: Schema) {
  return z.optional(z.catch(z.optional(schema), undefined))
}
