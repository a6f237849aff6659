import type { Context } from '../context.ts'
import type { Tx } from '../database/database.ts'
import { asTenant } from '../database/tenant.ts'
import { pulledBucket } from '../kernel/ids.ts'
import type { QueueStats } from './schemas.ts'

const pendingMax = 10_000

interface QueueRow {
  pending: number
  due: number
  scheduled: number
  held: number
  oldestDueSeconds: number | null
}

/** How the queue is now. Looks at no more than 10,000 deliveries, however long it is. */
export async function readQueueStats(ctx: Context, tenant: string): Promise<QueueStats> {
  const row = await asTenant(ctx.database.api, tenant, async (tx) => {
    const [counts] = await selectCounts(tx, tenant)
    if (tenant !== 'platform' || (counts?.pending ?? 0) <= pendingMax) return counts
    // Of all of them: the first of each lane is its longest-waiting.
    const [oldest] = await selectOldestDue(tx)
    return counts && { ...counts, oldestDueSeconds: oldest?.seconds ?? null }
  })
  const { pending = 0, due = 0, scheduled = 0, held = 0, oldestDueSeconds = null } = row ?? {}
  return {
    pending: Math.min(pending, pendingMax),
    capped: pending > pendingMax,
    due,
    scheduled,
    held,
    oldestDueSeconds,
  }
}

/**
 * One row more than is told, to see whether there are more. An organisation's oldest first: its key is by time. It does
 * not see the subscriptions of the platform, nor whether they are paused.
 */
function selectCounts(tx: Tx, tenant: string) {
  const own = tx`where organisation_id = ${tenant} order by id`
  return tx<QueueRow[]>`
    with waiting as materialized (
      select bucket, subscription_id, due_at from delivery_queue ${tenant === 'platform' ? tx`` : own}
      limit ${pendingMax + 1}
    ), judged as (
      select w.due_at, w.due_at <= now() as is_due, w.bucket <> ${pulledBucket}
        and coalesce(s.status = 'active' and s.deleted_at is null, ${tenant !== 'platform'}) as is_active
      from waiting w left join subscriptions s on s.id = w.subscription_id
    )
    select count(*)::int as pending,
      count(*) filter (where is_active and is_due)::int as due,
      count(*) filter (where is_active and not is_due)::int as scheduled,
      count(*) filter (where not is_active)::int as held,
      extract(epoch from now() - min(due_at) filter (where is_active and is_due))::int as oldest_due_seconds
    from judged`
}

/** One probe of the index per lane, however long each is. */
function selectOldestDue(tx: Tx) {
  return tx<{ seconds: number | null }[]>`
    with recursive lane as (
      select b.bucket, head.subscription_id, head.due_at
      from buckets b cross join lateral (
        select subscription_id, due_at from delivery_queue
        where bucket = b.bucket order by subscription_id, due_at limit 1
      ) head
      union all
      select l.bucket, head.subscription_id, head.due_at
      from lane l cross join lateral (
        select subscription_id, due_at from delivery_queue
        where bucket = l.bucket and subscription_id > l.subscription_id order by subscription_id, due_at limit 1
      ) head
    )
    select extract(epoch from now() - min(l.due_at))::int as seconds
    from lane l join subscriptions s on s.id = l.subscription_id
    where l.due_at <= now() and s.status = 'active' and s.deleted_at is null`
}
