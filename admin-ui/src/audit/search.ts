import { z } from 'zod/mini'
import { timeRangeSearch } from '../filter/time-range.ts'

export const auditSearch = z.object({
  action: z.optional(z.string()),
  actorId: z.optional(z.string()),
  targetId: z.optional(z.string()),
  ...timeRangeSearch,
})
