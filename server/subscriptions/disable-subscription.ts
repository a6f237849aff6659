import type { Database } from '../database/database.ts'

/** Stops a subscription for a reason its owner can read; what waits for it is held. Does nothing unless it is active. */
export async function disableSubscription(db: Database, id: string, reason: string): Promise<void> {
  await db.query(
    (sql) => sql`
      with next as (update subscription_revision set revision = revision + 1 returning revision)
      update subscriptions set status = 'disabled', disabled_reason = ${reason}, updated_at = now(),
        revision = (select revision from next)
      where id = ${id} and status = 'active'`,
  )
}
