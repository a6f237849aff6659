import type { Context } from '../context.ts'
import { asTenant } from '../database/tenant.ts'
import {
  type ListRange,
  presentRange,
  presentSeries,
  rangeOfList,
  type SeriesRow,
  seriesColumns,
} from './breakdown.ts'
import type { EventTypeStats } from './schemas.ts'
import { whereStats } from './select-sums.ts'

export interface EventTypeStatsQuery extends ListRange {
  limit: number
}

/** How the deliveries of each event type do, the busiest first; those without any are left out. @throws validation_failed */
export async function readEventTypeStats(
  ctx: Context,
  tenant: string,
  { limit, ...query }: EventTypeStatsQuery,
): Promise<EventTypeStats> {
  const range = rangeOfList(ctx, query)
  const rows = await asTenant(
    ctx.database.api,
    tenant,
    async (tx) => tx<(SeriesRow & { eventType: string })[]>`
      select event_type, ${seriesColumns(tx, range)}
      from delivery_stats where ${whereStats(tx, tenant, {}, range)}
      group by event_type`,
  )
  const data = rows.map((row) => ({ eventType: row.eventType, ...presentSeries(range, row) }))
  data.sort((a, b) => b.attempts.total - a.attempts.total || (a.eventType < b.eventType ? -1 : 1))
  return { ...presentRange(range), data: data.slice(0, limit) }
}
