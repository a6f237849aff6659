import { z } from 'zod/mini'
import { lenient } from './lenient.ts'

export const lastRanges = ['15m', '1h', '6h', '24h', '7d', '30d', 'all'] as const
export type LastRange = (typeof lastRanges)[number]

/** Either the last so long, which stays relative in a shared link, or from one time to another. */
export interface TimeRange {
  last?: LastRange | undefined
  since?: string | undefined
  until?: string | undefined
}

export const timeRangeSearch = {
  last: lenient(z.enum(lastRanges)),
  since: lenient(z.iso.datetime({ offset: true })),
  until: lenient(z.iso.datetime({ offset: true })),
}

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Milliseconds of a relative range; undefined for `all`. */
export function lengthMs(last: LastRange): number | undefined {
  const [, count, unit] = /^(\d+)([mhd])$/.exec(last) ?? []
  return count && unit ? Number(count) * unitMs[unit as keyof typeof unitMs] : undefined
}

/** What the API asks for. A relative range ends now: nothing is missed that comes while one looks. */
export function toBounds(
  { last, since, until }: TimeRange,
  nowMs: number,
  lastDefault: LastRange = '24h',
): { since?: string; until?: string } {
  if (since || until) return { ...(since && { since }), ...(until && { until }) }
  const ms = lengthMs(last ?? lastDefault)
  return ms === undefined ? {} : { since: new Date(nowMs - ms).toISOString() }
}
