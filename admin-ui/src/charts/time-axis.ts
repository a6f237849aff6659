import dayjs from 'dayjs'
import utc from 'dayjs/plugin/utc.js'
import type { ChartRow, Interval } from './chart-data.ts'

dayjs.extend(utc)

const stepsMs: Record<Interval, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 }
const twoDaysMs = 2 * stepsMs.day

/** Days of the API begin at midnight UTC, wherever one looks from. */
function timeOf(atMs: number, interval: Interval, inUtc: boolean) {
  return inUtc || interval === 'day' ? dayjs.utc(atMs) : dayjs(atMs)
}

/** Below the axis: as short as the length of the whole range allows. */
export function describeTick(
  atMs: number,
  interval: Interval,
  rows: readonly ChartRow[],
  inUtc: boolean,
): string {
  const time = timeOf(atMs, interval, inUtc)
  if (interval === 'day') return time.format('MMM D')
  const spanMs = (rows.at(-1)?.atMs ?? 0) - (rows[0]?.atMs ?? 0)
  return time.format(spanMs > twoDaysMs ? 'ddd HH:mm' : 'HH:mm')
}

/** An interval in full: `Nov 23, 14:00 – 15:00`. */
export function describeInterval(atMs: number, interval: Interval, inUtc: boolean): string {
  const time = timeOf(atMs, interval, inUtc)
  if (interval === 'day') return `${time.format('ddd, MMM D')} UTC`
  const suffix = inUtc ? ' UTC' : ''
  if (interval === 'minute') return `${time.format('MMM D, HH:mm')}${suffix}`
  return `${time.format('MMM D, HH:mm')} – ${time.add(1, 'hour').format('HH:mm')}${suffix}`
}

/** From the begin of one interval to the end of another, whichever comes first. */
export function toRange(
  aMs: number,
  bMs: number,
  interval: Interval,
): { since: string; until: string } {
  return {
    since: new Date(Math.min(aMs, bMs)).toISOString(),
    until: new Date(Math.max(aMs, bMs) + stepsMs[interval]).toISOString(),
  }
}
