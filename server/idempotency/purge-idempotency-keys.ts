import type { Database } from '../database/database.ts'

const batchMax = 1000

/** Deletes what is older than a day. Whether there may be more. */
export async function purgeIdempotencyKeys(db: Database): Promise<boolean> {
  const purged = await db.query(
    (sql) => sql`
      with old as (
        select digest from idempotency_keys where created_at < now() - interval '24 hours'
        limit ${batchMax} for update skip locked
      )
      delete from idempotency_keys k using old where k.digest = old.digest returning 1 as one`,
  )
  return purged.length === batchMax
}
