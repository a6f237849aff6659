import { z } from 'zod/mini'
import { timeRangeSearch } from '../filter/time-range.ts'

export const eventsSearch = z.object({
  entityType: z.optional(z.string()),
  entityId: z.optional(z.string()),
  eventType: z.optional(z.string()),
  correlationId: z.optional(z.string()),
  ...timeRangeSearch,
})
