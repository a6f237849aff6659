import type { Context } from '../context.ts'
import { asTenant } from '../database/tenant.ts'
import { presentStats } from './present-stats.ts'
import { pointsOf, previousRange, type RangeQuery, resolveRange } from './range.ts'
import type { DeliveryStats } from './schemas.ts'
import { type StatsFilter, type SumRow, sumColumns, toSums, whereStats } from './select-sums.ts'
import { addSums, noSums } from './tally.ts'

export interface DeliveryStatsQuery extends RangeQuery, StatsFilter {}

/** A chart: every interval of the range, its totals, and those of the range before. @throws validation_failed */
export async function readDeliveryStats(
  ctx: Context,
  tenant: string,
  query: DeliveryStatsQuery,
): Promise<DeliveryStats> {
  const facts = {
    nowMs: ctx.clock.now(),
    deliveriesDays: ctx.config.retentionDays.deliveries,
  }
  const range = resolveRange(query, facts)
  const before = previousRange(range, facts)
  const [rows, previous] = await asTenant(ctx.database.api, tenant, (tx) =>
    Promise.all([
      tx<(SumRow & { at: Date })[]>`
        select at, ${sumColumns(tx)} from delivery_stats
        where ${whereStats(tx, tenant, query, range)} group by at`,
      before &&
        tx<SumRow[]>`
        select ${sumColumns(tx)} from delivery_stats where ${whereStats(tx, tenant, query, before)}`,
    ]),
  )
  const known = new Map(rows.map((row) => [row.at.getTime(), toSums(row)]))
  const totals = noSums()
  for (const sums of known.values()) addSums(totals, sums)
  return {
    interval: range.interval,
    since: new Date(range.sinceMs).toISOString(),
    until: new Date(range.untilMs).toISOString(),
    points: pointsOf(range).map((atMs) => ({
      at: new Date(atMs).toISOString(),
      ...presentStats(known.get(atMs) ?? noSums()),
    })),
    totals: presentStats(totals),
    previous: previous?.[0] ? presentStats(toSums(previous[0])) : null,
  }
}
