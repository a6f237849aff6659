import type { Database } from '../database/database.ts'
import { unfinishedMax } from './pace.ts'
import type { ReplayFilter, ReplayMode, ReplaySkipped } from './schemas.ts'
import type { ReplayTask } from './task.ts'
import { type Cursor, noneSkipped } from './window.ts'

/** A replay that this runner works on. */
export interface ReplayJob extends ReplayTask {
  id: string
  ratePerSecond: number | null
  cursor: Cursor
  skipped: ReplaySkipped
}

interface JobRow {
  id: string
  organisationId: string | null
  mode: ReplayMode
  filter: ReplayFilter
  deliveryIds: string[] | null
  ratePerSecond: number | null
  cursor: Cursor
  skipped: Partial<ReplaySkipped>
  createdAt: Date
}

/** Replays worked on in one turn; those that waited longest come first. */
const jobsMax = 16

/**
 * Takes running replays that are ours or nobody's, until the lease runs out. Of those that look for what one
 * subscription misses only the oldest is worked on, so that two never queue the same.
 */
export async function claimReplays(
  db: Database,
  owner: string,
  leaseMs: number,
): Promise<ReplayJob[]> {
  const rows = await db.query(
    (sql) => sql<JobRow[]>`
    update replays r
    set owner = ${owner}, lease_until = now() + ${leaseMs} * interval '1 millisecond'
    from (
      select id from replays c
      where status = 'running' and (owner is null or owner = ${owner} or lease_until < now())
        and not (mode = 'missing' and exists (select from replays o where o.status = 'running' and o.mode = 'missing'
          and o.filter->>'subscriptionId' = c.filter->>'subscriptionId' and o.id < c.id))
      order by lease_until nulls first, id limit ${jobsMax}
    ) free
    where r.id = free.id and r.status = 'running'
      and (r.owner is null or r.owner = ${owner} or r.lease_until < now())
    returning r.id, r.organisation_id, r.mode, r.filter, r.delivery_ids, r.rate_per_second, r.cursor, r.skipped,
      r.created_at`,
  )
  return rows.map(({ createdAt, skipped, ...row }) => ({
    ...row,
    skipped: { ...noneSkipped, ...skipped },
    createdAtMs: createdAt.getTime(),
  }))
}

/** Gives everything back, so that others need not wait for the lease. */
export async function releaseReplays(db: Database, owner: string): Promise<void> {
  await db.query(
    (sql) => sql`
      update replays set owner = null, lease_until = null where status = 'running' and owner = ${owner}`,
  )
}

/** How many of a replay are still in the queue, up to as many as there may be. */
export async function countUnfinished(db: Database, replayId: string): Promise<number> {
  const [row] = await db.query(
    (sql) => sql<{ count: number }[]>`
      select count(*)::int as count from (
        select from delivery_queue where replay_id = ${replayId} limit ${unfinishedMax}
      ) unfinished`,
  )
  return row?.count ?? 0
}

/**
 * Ends a replay whose walk is over, once none of it waits for its first attempt; what a disabled or deleted subscription
 * holds does not count. Returns whether it did.
 */
export async function completeReplay(db: Database, id: string, owner: string): Promise<boolean> {
  const rows = await db.query(
    (sql) => sql<{ id: string }[]>`
      update replays set status = 'completed', finished_at = now(), updated_at = now(), owner = null, lease_until = null
      where id = ${id} and owner = ${owner} and status = 'running'
        and not exists (
          select from delivery_queue q join subscriptions s on s.id = q.subscription_id
          where q.replay_id = ${id} and q.attempts = q.attempts_before and s.deleted_at is null
            and s.status <> 'disabled'
        )
      returning id`,
  )
  return rows.length > 0
}

/** Ends a replay that cannot go on. */
export async function failReplay(
  db: Database,
  id: string,
  owner: string,
  error: string,
): Promise<void> {
  await db.query(
    (sql) => sql`
      update replays
      set status = 'failed', error = ${error}, finished_at = now(), updated_at = now(), owner = null, lease_until = null
      where id = ${id} and owner = ${owner} and status = 'running'`,
  )
}
