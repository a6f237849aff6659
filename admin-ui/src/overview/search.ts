import { z } from 'zod/mini'
import { lenient } from '../filter/lenient.ts'
import { timeRangeSearch } from '../filter/time-range.ts'

/** As far back as there are figures by the day. */
export const overviewRanges = ['1h', '6h', '24h', '7d', '30d'] as const

export const overviewSearch = z.object({
  ...timeRangeSearch,
  last: lenient(z.enum(overviewRanges)),
})

export type OverviewSearch = z.infer<typeof overviewSearch>

/** The same time for the pages that the overview leads to. */
export function rangeOf({ last, since, until }: OverviewSearch): OverviewSearch {
  return { last, since, until }
}
