import type { Database } from '../database/database.ts'

const batchMax = 100

/**
 * Removes, with their health, subscriptions that were deleted more than 30 days ago; their uids are free again. What
 * waits for them belongs to nobody then. Returns whether there may be more.
 */
export async function purgeSubscriptions(db: Database): Promise<boolean> {
  const purged = await db.query(
    (sql) => sql<{ id: string }[]>`
    with expired as (
      select id from subscriptions where deleted_at < now() - interval '30 days' limit ${batchMax} for update
    ), purged as (
      delete from subscriptions s using expired e where s.id = e.id returning s.id
    ), forgotten as (
      delete from subscription_health h using purged p where h.subscription_id = p.id
    )
    select id from purged`,
  )
  return purged.length === batchMax
}
