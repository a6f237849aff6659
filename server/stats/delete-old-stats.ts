import type { Database } from '../database/database.ts'
import { retentionDaysOf } from './retention.ts'
import { grains } from './tally.ts'

const rowsMax = 5000
const dayMs = 86_400_000

/** Deletes what is past its retention, a few thousand rows at a time. Returns whether there may be more. */
export async function deleteOldStats(
  db: Database,
  deliveriesDays: number,
  nowMs: number,
): Promise<boolean> {
  let more = false
  for (const grain of grains) {
    const before = new Date(nowMs - retentionDaysOf(grain, deliveriesDays) * dayMs)
    const { count } = await db.query(
      (sql) => sql`
      delete from delivery_stats where ctid = any(array(
        select ctid from delivery_stats where grain_minutes = ${grain} and at < ${before}
        order by at limit ${rowsMax}))`,
    )
    more ||= count === rowsMax
  }
  return more
}
