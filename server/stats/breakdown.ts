import type { Context } from '../context.ts'
import type { Tx } from '../database/database.ts'
import { presentStats } from './present-stats.ts'
import { pointsOf, type Range, type RangeQuery, resolveRange } from './range.ts'
import type { StatsWithSparkline } from './schemas.ts'
import { type SumRow, sumColumns, toSums } from './select-sums.ts'

/*
 * Lists of figures: per subscription, organisation or event type one row, with a small chart of its own.
 */

const dayMs = 86_400_000

export type ListRange = Pick<RangeQuery, 'since' | 'until'>

/** What a statement gives that selects `seriesColumns`. */
export interface SeriesRow extends SumRow {
  /** Of each row that was added up: which interval it is of, and its attempts. Null when there was none. */
  places: number[] | null
  attemptsOk: number[] | null
  attemptsFailed: number[] | null
}

/** By the hour for up to two days, else by the day. @throws validation_failed */
export function rangeOfList(ctx: Context, query: ListRange): Range {
  const facts = { nowMs: ctx.clock.now(), deliveriesDays: ctx.config.retentionDays.deliveries }
  const { sinceMs, untilMs } = resolveRange({ ...query, interval: 'hour' }, facts)
  const interval = untilMs - sinceMs <= 2 * dayMs ? 'hour' : 'day'
  return resolveRange({ ...query, interval }, facts)
}

/** The sums of a group, and what they are made of. */
export function seriesColumns(tx: Tx, range: Range) {
  return tx`${sumColumns(tx)},
    to_json(array_agg((extract(epoch from at - ${new Date(range.sinceMs)}) * 1000 / ${range.stepMs})::int)) as places,
    to_json(array_agg(attempts_succeeded)) as attempts_ok,
    to_json(array_agg(attempts_redirect + attempts_client_error + attempts_server_error + attempts_timeout
      + attempts_network)) as attempts_failed`
}

export function presentRange(range: Range) {
  return {
    interval: range.interval,
    since: new Date(range.sinceMs).toISOString(),
    until: new Date(range.untilMs).toISOString(),
  }
}

export function presentSeries(range: Range, row: SeriesRow): StatsWithSparkline {
  const { length } = pointsOf(range)
  const places = row.places ?? []
  return {
    ...presentStats(toSums(row)),
    sparkline: {
      succeeded: lineOf(length, places, row.attemptsOk ?? []),
      failed: lineOf(length, places, row.attemptsFailed ?? []),
    },
  }
}

/** Several rows may be of one interval: one for each event type. */
function lineOf(length: number, places: number[], counts: number[]): number[] {
  const points = new Array<number>(length).fill(0)
  for (const [index, count] of counts.entries()) {
    const place = places[index] ?? 0
    points[place] = (points[place] ?? 0) + count
  }
  return points
}
