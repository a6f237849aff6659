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
import { grainOf } from './range.ts'
import type { OrganisationStats } from './schemas.ts'
import { everyId } from './tally.ts'

/**
 * Rollups of days that are looked at to find the busiest. There is one per organisation and event type: enough for a
 * day of 4,000 organisations with five types each.
 */
const daysScanned = 20_000

export interface OrganisationStatsQuery extends ListRange {
  limit: number
}

interface Row extends SeriesRow {
  organisationId: string
  name: string | null
}

/**
 * The organisations with the most attempts, and how they do. Which ones is judged by the newest rollups of the days that
 * the range touches; their figures are then of the range. The cost is bounded, however many organisations there are.
 * Platform credentials only: the caller has seen to that. @throws validation_failed
 */
export async function readOrganisationStats(
  ctx: Context,
  { limit, ...query }: OrganisationStatsQuery,
): Promise<OrganisationStats> {
  const range = rangeOfList(ctx, query)
  const since = new Date(range.sinceMs)
  const until = new Date(range.untilMs)
  const rows = await asTenant(ctx.database.api, 'platform', async (tx) => {
    return tx<Row[]>`
      with days as materialized (
        select organisation_id, attempts_succeeded + attempts_redirect + attempts_client_error
          + attempts_server_error + attempts_timeout + attempts_network as attempts
        from delivery_stats
        where subscription_id = ${everyId} and grain_minutes = ${grainOf.day} and organisation_id <> ${everyId}
          and at >= date_trunc('day', ${since}::timestamptz) and at < ${until}
        order by at desc limit ${daysScanned}
      ), busiest as materialized (
        select organisation_id from days group by organisation_id
        order by sum(attempts) desc, organisation_id limit ${limit}
      )
      select b.organisation_id, o.name, s.*
      from busiest b left join organisations o on o.id = b.organisation_id
      cross join lateral (
        select ${seriesColumns(tx, range)} from delivery_stats
        where organisation_id = b.organisation_id and subscription_id = ${everyId}
          and grain_minutes = ${grainOf[range.interval]} and at >= ${since} and at < ${until}
        having count(*) > 0
      ) s`
  })
  const data = rows.map((row) => ({
    organisationId: row.organisationId,
    name: row.name,
    ...presentSeries(range, row),
  }))
  data.sort((a, b) => b.attempts.total - a.attempts.total)
  return { ...presentRange(range), data }
}
