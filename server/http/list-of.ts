import { z } from '@hono/zod-openapi'

const valuesMax = 50

/** One or several: in a query separated by commas, in JSON an array. */
export function listOf<Item extends z.ZodType>(item: Item, description: string) {
  return z
    .preprocess(toList, z.array(item).min(1).max(valuesMax))
    .optional()
    .openapi({ description, param: { style: 'form', explode: false } })
}

function toList(value: unknown): unknown {
  if (typeof value === 'string') return value.split(',')
  return typeof value === 'number' ? [String(value)] : value
}
