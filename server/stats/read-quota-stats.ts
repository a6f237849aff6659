import type { Context } from '../context.ts'
import type { Tx } from '../database/database.ts'
import { asTenant } from '../database/tenant.ts'
import { lowestIdAt } from '../kernel/ids.ts'
import { quotasWith, readOwnQuotas } from '../limits/index.ts'
import type { QuotaStats } from './schemas.ts'

/** More are not counted, however many there are. */
const countedMax = 100_000
const rateOverMs = 10_000

interface UsedRow {
  events: number
  subscriptions: number
  backlog: number
}

/** What an organisation may have, and what it has of that now. Bounded, whatever it has. */
export async function readQuotaStats(ctx: Context, organisationId: string): Promise<QuotaStats> {
  const [own, used] = await asTenant(ctx.database.api, organisationId, async (tx) => [
    await readOwnQuotas(tx, organisationId),
    await countUsed(tx, organisationId, ctx.clock.now() - rateOverMs),
  ])
  const limits = quotasWith(own, ctx.config.limits.quotas)
  const quota = (name: keyof typeof limits) => ({ limit: limits[name], own: own[name] !== null })
  const { events, subscriptions, backlog } = used
  return {
    eventsPerSecond: {
      ...quota('eventsPerSecond'),
      used: (Math.min(events, countedMax) * 1000) / rateOverMs,
      capped: events > countedMax,
    },
    eventsBurst: quota('eventsBurst'),
    subscriptions: { ...quota('subscriptions'), used: subscriptions, capped: false },
    backlog: {
      ...quota('backlog'),
      used: Math.min(backlog, countedMax),
      capped: backlog > countedMax,
    },
  }
}

/** Events by their ids, which tell when they were made: along the primary keys, one row more than is told. */
async function countUsed(tx: Tx, organisationId: string, sinceMs: number): Promise<UsedRow> {
  const [row] = await tx<UsedRow[]>`
    select
      (select count(*)::int from (
        select from domain_events where organisation_id = ${organisationId}
          and id >= ${lowestIdAt(sinceMs)} limit ${countedMax + 1}
      ) e) as events,
      (select count(*)::int from subscriptions
        where organisation_id = ${organisationId} and deleted_at is null) as subscriptions,
      (select count(*)::int from (
        select from delivery_queue where organisation_id = ${organisationId} limit ${countedMax + 1}
      ) q) as backlog`
  return row as UsedRow
}
