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
import { everyId } from './tally.ts'

const subscriptionsMax = 1000

/**
 * How each subscription does, for a list of them: all of an organisation, or of the platform, the newest thousand.
 * @throws validation_failed
 */
export async function readSubscriptionStats(
  ctx: Context,
  tenant: string,
  query: ListRange,
): Promise<SubscriptionStats> {
  const range = rangeOfList(ctx, query)
  const [subscriptions, rows] = await asTenant(ctx.database.api, tenant, (tx) =>
    Promise.all([
      tx<{ id: string }[]>`
        select id from subscriptions
        where deleted_at is null ${tenant === 'platform' ? tx`` : tx`and organisation_id = ${tenant}`}
        order by id desc limit ${subscriptionsMax}`,
      tx<(SeriesRow & { subscriptionId: string })[]>`
        select subscription_id, ${seriesColumns(tx, range)}
        from delivery_stats
        where grain_minutes = ${grainOf[range.interval]}
          and at >= ${new Date(range.sinceMs)} and at < ${new Date(range.untilMs)}
          and subscription_id <> ${everyId}
          ${tenant === 'platform' ? tx`` : tx`and organisation_id = ${tenant}`}
        group by subscription_id`,
    ]),
  )
  const known = new Map(rows.map((row) => [row.subscriptionId, row]))
  return {
    ...presentRange(range),
    data: subscriptions.map(({ id }) => ({
      subscriptionId: id,
      ...presentSeries(range, known.get(id)),
    })),
  }
}
