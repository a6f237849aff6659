import { commonErrors } from '../kernel/errors.ts'
import { retentionDaysOf } from './retention.ts'
import type { Grain } from './tally.ts'

export type Interval = 'minute' | 'hour' | 'day'

export const grainOf: Record<Interval, Grain> = { minute: 1, hour: 60, day: 1440 }

const pointsMax = 2000
const minuteMs = 60_000
const dayMs = 86_400_000
/** Up to here an interval is chosen when none is asked for. */
const minutesUpToMs = 6 * 60 * minuteMs
const hoursUpToMs = 7 * dayMs

export interface RangeQuery {
  since?: string | undefined
  until?: string | undefined
  interval?: Interval | undefined
}

/** Whole intervals, in UTC. */
export interface Range {
  interval: Interval
  stepMs: number
  sinceMs: number
  /** Not part of it. */
  untilMs: number
}

export interface RangeFacts {
  nowMs: number
  /** How long deliveries are kept. */
  deliveriesDays: number
}

/**
 * The range of a chart: the last day by default, from the begin of the first interval to the end of the last one.
 * @throws validation_failed for a range that is empty, too long for its interval, or older than the minutes kept
 */
export function resolveRange(query: RangeQuery, facts: RangeFacts): Range {
  const until = query.until === undefined ? facts.nowMs : Date.parse(query.until)
  const since = query.since === undefined ? until - dayMs : Date.parse(query.since)
  if (since >= until) refuse('until', 'is not after since', 'Send a later time.')
  const interval = query.interval ?? chooseInterval(since, until, facts)
  const stepMs = grainOf[interval] * minuteMs
  const range = {
    interval,
    stepMs,
    sinceMs: Math.floor(since / stepMs) * stepMs,
    untilMs: Math.ceil(until / stepMs) * stepMs,
  }
  const points = (range.untilMs - range.sinceMs) / stepMs
  if (points > pointsMax) {
    refuse(
      'interval',
      `makes ${points} points of this range, and ${pointsMax} are the most`,
      'Use a longer interval or a shorter range.',
    )
  }
  if (interval === 'minute' && !isKept(range, facts)) {
    refuse('interval', 'minutes are kept for two days', 'Use interval=hour, or a later since.')
  }
  return range
}

/** The range of the same length before it; undefined when that is no longer kept. */
export function previousRange(range: Range, facts: RangeFacts): Range | undefined {
  const { sinceMs, untilMs } = range
  const previous = { ...range, sinceMs: sinceMs - (untilMs - sinceMs), untilMs: sinceMs }
  return isKept(previous, facts) ? previous : undefined
}

/** When each interval of a range begins, milliseconds. */
export function pointsOf(range: Range): number[] {
  const count = (range.untilMs - range.sinceMs) / range.stepMs
  return Array.from({ length: count }, (_, index) => range.sinceMs + index * range.stepMs)
}

function chooseInterval(since: number, until: number, facts: RangeFacts): Interval {
  const recent = isKept({ interval: 'minute', sinceMs: since }, facts)
  if (until - since <= minutesUpToMs && recent) return 'minute'
  return until - since <= hoursUpToMs ? 'hour' : 'day'
}

function isKept(range: Pick<Range, 'interval' | 'sinceMs'>, facts: RangeFacts): boolean {
  const days = retentionDaysOf(grainOf[range.interval], facts.deliveriesDays)
  return range.sinceMs >= facts.nowMs - days * dayMs
}

function refuse(field: string, message: string, fix: string): never {
  throw commonErrors.validation_failed({ issues: [{ field, message, fix }] })
}
