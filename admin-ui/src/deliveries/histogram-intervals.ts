import type { DeliveryHistogram } from '@posthorn/sdk'
import dayjs from 'dayjs'
import type { DeliveryStatus } from '../filter/delivery-filter.ts'

export type Interval = DeliveryHistogram['data'][number]

/** From the bottom up. */
export const stacked = [
  'succeeded',
  'pending',
  'failed',
  'cancelled',
] as const satisfies DeliveryStatus[]

export const clockOf = (time: string) => dayjs(time).format('MMM D, HH:mm:ss')
