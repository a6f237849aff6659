import type { Context } from '../context.ts'
import { asTenant } from '../database/tenant.ts'
import { presentStats } from './present-stats.ts'
import { grainOf, pointsOf, type Range, resolveRange } from './range.ts'
import type { SubscriptionStats } from './schemas.ts'
import { type SumRow, sumColumns, toSums } from './select-sums.ts'
import { everyId, noSums } from './tally.ts'

const subscriptionsMax = 1000
const dayMs = 86_400_000

interface Row extends SumRow {
  subscriptionId: string
  /** Of each row that was added up: which interval it is of, and its attempts. */
  places: number[]
  succeeded: number[]
  failed: number[]
}

export interface SubscriptionStatsQuery {
  since?: string | undefined
  until?: string | undefined
}

/**
 * How each subscription does, for a list of them: all of an organisation, or of the platform, the newest thousand.
 * By the hour for up to two days, else by the day. @throws validation_failed
 */
export async function readSubscriptionStats(
  ctx: Context,
  tenant: string,
  query: SubscriptionStatsQuery,
): Promise<SubscriptionStats> {
  const range = rangeOfList(ctx, query)
  const since = new Date(range.sinceMs)
  const [subscriptions, rows] = await asTenant(ctx.database.api, tenant, (tx) =>
    Promise.all([
      tx<{ id: string }[]>`
        select id from subscriptions
        where deleted_at is null ${tenant === 'platform' ? tx`` : tx`and organisation_id = ${tenant}`}
        order by id desc limit ${subscriptionsMax}`,
      tx<Row[]>`
        select subscription_id, ${sumColumns(tx)},
          to_json(array_agg((extract(epoch from at - ${since}) * 1000 / ${range.stepMs})::int)) as places,
          to_json(array_agg(attempts_succeeded)) as succeeded,
          to_json(array_agg(attempts_redirect + attempts_client_error + attempts_server_error + attempts_timeout
            + attempts_network)) as failed
        from delivery_stats
        where grain_minutes = ${grainOf[range.interval]} and at >= ${since} and at < ${new Date(range.untilMs)}
          and subscription_id <> ${everyId}
          ${tenant === 'platform' ? tx`` : tx`and organisation_id = ${tenant}`}
        group by subscription_id`,
    ]),
  )
  const known = new Map(rows.map((row) => [row.subscriptionId, row]))
  const { length } = pointsOf(range)
  return {
    interval: range.interval,
    since: since.toISOString(),
    until: new Date(range.untilMs).toISOString(),
    data: subscriptions.map(({ id }) => {
      const row = known.get(id)
      return {
        subscriptionId: id,
        ...presentStats(row ? toSums(row) : noSums()),
        sparkline: sparkline(length, row),
      }
    }),
  }
}

function rangeOfList(ctx: Context, query: SubscriptionStatsQuery): Range {
  const facts = { nowMs: ctx.clock.now(), deliveriesDays: ctx.config.retentionDays.deliveries }
  const { sinceMs, untilMs } = resolveRange({ ...query, interval: 'hour' }, facts)
  const interval = untilMs - sinceMs <= 2 * dayMs ? 'hour' : 'day'
  return resolveRange({ ...query, interval }, facts)
}

/** Several rows may be of one interval: one for each event type. */
function sparkline(length: number, row: Row | undefined) {
  const line = (counts: number[] = []): number[] => {
    const points = new Array<number>(length).fill(0)
    for (const [index, count] of counts.entries()) {
      const place = row?.places[index] ?? 0
      points[place] = (points[place] ?? 0) + count
    }
    return points
  }
  return { succeeded: line(row?.succeeded), failed: line(row?.failed) }
}
