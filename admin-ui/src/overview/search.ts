import { z } from 'zod/mini'
import { timeRangeSearch } from '../filter/time-range.ts'

export const overviewSearch = z.object(timeRangeSearch)
