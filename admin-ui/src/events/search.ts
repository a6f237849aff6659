import { z } from 'zod/mini'
import { lenient } from '../filter/lenient.ts'
import { timeRangeSearch } from '../filter/time-range.ts'

const names = lenient(z.string().check(z.regex(/^[A-Za-z0-9_.*,-]+$/)))

/** Several types are separated by commas, as in the API. */
export const eventsSearch = z.object({
  eventType: names,
  entityType: names,
  entityId: lenient(z.guid()),
  correlationId: lenient(z.guid()),
  ...timeRangeSearch,
})

export type EventsSearch = z.infer<typeof eventsSearch>
