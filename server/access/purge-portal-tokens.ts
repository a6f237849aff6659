import type { Database } from '../database/database.ts'

const batchMax = 1000

/** Deletes tokens that expired a week ago. Whether there may be more. */
export async function purgePortalTokens(db: Database): Promise<boolean> {
  const purged = await db.query(
    (sql) => sql`
      with expired as (
        select organisation_id, id from portal_tokens
        where expires_at < now() - interval '7 days' limit ${batchMax} for update skip locked
      )
      delete from portal_tokens t using expired e
      where t.organisation_id = e.organisation_id and t.id = e.id returning t.id`,
  )
  return purged.length === batchMax
}
