import postgres from 'postgres'
import { connectDatabase } from '../../../server/database/database.ts'
import { maintainPartitions } from '../../../server/database/maintain-partitions.ts'
import { silentLogger } from '../../../server/kernel/logger.ts'
import { partitionedTables } from '../template.ts'
import { seedAccess, seedAudit } from './seed-access.ts'
import { draftAcme } from './seed-acme.ts'
import { LogDraft } from './seed-draft.ts'
import { draftHostile } from './seed-hostile.ts'
import { seedLargeLog } from './seed-large-log.ts'
import { seedReplays } from './seed-replays.ts'
import { seedSubscriptions } from './seed-subscriptions.ts'

/** Days that the seeded log reaches back, at least. */
export const retentionDays = 8

/** Fills a migrated database with all that the console can show. The same every time, but for the hour. */
export async function seedConsole(databaseUrl: string): Promise<void> {
  const nowMs = Date.now()
  const sql = postgres(databaseUrl, {
    max: 1,
    connection: { search_path: 'posthorn' },
    onnotice: () => undefined,
  })
  const db = connectDatabase({
    url: databaseUrl,
    schema: 'posthorn',
    applicationName: 'seed',
    maxConnections: 1,
    log: silentLogger,
  })
  try {
    const tables = partitionedTables.map((table) => ({ ...table, retentionDays }))
    await maintainPartitions(db, tables, nowMs, silentLogger)
    await seedAccess(sql, nowMs)
    await seedSubscriptions(sql, nowMs)
    const draft = new LogDraft(nowMs)
    draftAcme(draft, nowMs)
    draftHostile(draft, nowMs)
    await draft.write(sql, db)
    await seedLargeLog(sql, nowMs)
    await seedReplays(sql, nowMs)
    await seedAudit(sql, nowMs)
    await sql.unsafe('vacuum analyze')
  } finally {
    await db.close()
    await sql.end()
  }
}
