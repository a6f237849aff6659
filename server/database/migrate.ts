import { fileURLToPath } from 'node:url'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import type { Logger } from '../kernel/logger.ts'
import type { Database } from './database.ts'
import { maintainPartitions } from './maintain-partitions.ts'
import type { PartitionedTable } from './partitions.ts'
import { type AvailableRoles, ensureRoles } from './roles.ts'

/** Lies at the same distance from the sources and from the built package. */
const migrationsFolder = fileURLToPath(new URL('../../drizzle', import.meta.url))

export interface MigrateOptions {
  schema: string
  tables: readonly PartitionedTable[]
  nowMs: number
  log: Logger
}

/**
 * Brings the schema up to date: migrations, partitions, roles. Any number of processes may start at once: the first
 * to hold the lock does the work, the others find it done.
 */
export async function migrate(db: Database, options: MigrateOptions): Promise<AvailableRoles> {
  await applyMigrations(db, options.schema, options.log)
  await maintainPartitions(db, options.tables, options.nowMs, options.log)
  return ensureRoles(db, options.schema, options.log)
}

async function applyMigrations(db: Database, schema: string, log: Logger): Promise<void> {
  const migrations = readMigrationFiles({ migrationsFolder })
  await db.transaction(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext('posthorn.migrate'), hashtext(${schema}))`
    // drizzle-kit reads the same table, so `drizzle-kit migrate` and this agree.
    await tx.unsafe(`
      create schema if not exists ${schema};
      create table if not exists __drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`)
    const [last] = await tx<{ createdAt: number }[]>`
      select coalesce(max(created_at), 0)::float8 as created_at from __drizzle_migrations`
    for (const migration of migrations) {
      if (last && migration.folderMillis <= last.createdAt) continue
      for (const statement of migration.sql) await tx.unsafe(statement)
      await tx`insert into __drizzle_migrations (hash, created_at) values (${migration.hash}, ${migration.folderMillis})`
      log.info({ hash: migration.hash.slice(0, 12) }, 'migration applied')
    }
  })
}

/** Names of the migrations this build brings that the database lacks. */
export async function countMissingMigrations(db: Database): Promise<number> {
  const migrations = readMigrationFiles({ migrationsFolder })
  const [row] = await db.query(
    (sql) => sql<{ applied: number }[]>`select count(*)::int as applied from __drizzle_migrations`,
  )
  return Math.max(0, migrations.length - (row?.applied ?? 0))
}
