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
import type { SubscriptionStats } from './schemas.ts'

const subscriptionsMax = 1000

export interface SubscriptionStatsQuery extends ListRange {
  /** These alone: a page of a list. */
  subscriptionId?: string[] | undefined
}

/**
 * How each subscription does, for a list of them: those that are named, or the newest thousand of an organisation or of
 * the platform. The cost is that of the subscriptions told, however many there are. @throws validation_failed
 */
export async function readSubscriptionStats(
  ctx: Context,
  tenant: string,
  { subscriptionId: ids, ...query }: SubscriptionStatsQuery,
): Promise<SubscriptionStats> {
  const range = rangeOfList(ctx, query)
  const rows = await asTenant(ctx.database.api, tenant, async (tx) => {
    const own = tenant === 'platform' ? tx`` : tx`and organisation_id = ${tenant}`
    return tx<(SeriesRow & { subscriptionId: string })[]>`
      with told as materialized (
        select id from subscriptions
        where deleted_at is null ${own} ${ids ? tx`and id = any (${ids}::uuid[])` : tx``}
        order by id desc limit ${subscriptionsMax}
      )
      select t.id as subscription_id, s.* from told t cross join lateral (
        select ${seriesColumns(tx, range)} from delivery_stats
        where subscription_id = t.id and grain_minutes = ${grainOf[range.interval]}
          and at >= ${new Date(range.sinceMs)} and at < ${new Date(range.untilMs)} ${own}
      ) s
      order by t.id desc`
  })
  return {
    ...presentRange(range),
    data: rows.map((row) => ({
      subscriptionId: row.subscriptionId,
      ...presentSeries(range, row),
    })),
  }
}
