import postgres from 'postgres'
import { seedCatalogue } from '../../server/catalogue/index.ts'
import { connectDatabase } from '../../server/database/database.ts'
import { migrate } from '../../server/database/migrate.ts'
import { silentLogger } from '../../server/kernel/logger.ts'

export const templateName = 'posthorn_template'

/** What tests migrate with. */
export const partitionedTables = ['domain_events', 'deliveries', 'delivery_attempts'].map(
  (name) => ({ name, retentionDays: 3, aheadDays: 3 }),
)

/** Creates the database that test databases are copies of: migrated, with the built-in event types. */
export async function prepareTemplate(serverUrl: string): Promise<void> {
  const admin = postgres(serverUrl, { max: 1, fetch_types: false })
  try {
    await admin.unsafe(`create database ${templateName}`)
    await fillTemplate(databaseUrl(serverUrl, templateName))
    // A database that somebody is connected to cannot be copied.
    await admin.unsafe(
      `alter database ${templateName} with is_template true allow_connections false`,
    )
  } finally {
    await admin.end({ timeout: 5 })
  }
}

async function fillTemplate(url: string): Promise<void> {
  const db = connectDatabase({
    url,
    schema: 'posthorn',
    applicationName: 'template',
    maxConnections: 1,
    queryTimeoutMs: 60_000,
    log: silentLogger,
  })
  try {
    await migrate(db, {
      schema: 'posthorn',
      tables: partitionedTables,
      nowMs: Date.now(),
      log: silentLogger,
    })
    await seedCatalogue(db)
  } finally {
    await db.close()
  }
}

/** The URL of another database on the same server. */
export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}
