import type { Database } from '../database/database.ts'
import { lowestIdAt } from '../kernel/ids.ts'

const batchMax = 500
const dayMs = 86_400_000

/** Deletes entries past their retention, as the owner: nobody else may. Returns whether there may be more. */
export async function deleteOldEntries(
  owner: Database,
  retentionDays: number,
  nowMs: number,
): Promise<boolean> {
  const oldest = lowestIdAt(nowMs - retentionDays * dayMs)
  const { count } = await owner.query(
    (sql) => sql`
      delete from audit_log
      where id in (select id from audit_log where id < ${oldest} order by id limit ${batchMax})`,
  )
  return count === batchMax
}
