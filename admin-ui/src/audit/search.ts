import { z } from 'zod/mini'
import { lenient } from '../filter/lenient.ts'
import { timeRangeSearch } from '../filter/time-range.ts'

const text = lenient(z.string().check(z.minLength(1), z.maxLength(256)))

/** The filter as the API has it, and the entry whose details are open. */
export const auditSearch = z.object({
  action: text,
  actorId: text,
  targetId: text,
  entry: lenient(z.guid()),
  ...timeRangeSearch,
})

export type AuditSearch = z.infer<typeof auditSearch>
