import type { Database } from '../../server/database/database.ts'

/**
 * Index entries that Postgres has read so far of the tables whose names match the expression: what a statement costs,
 * whatever the machine.
 */
export async function entriesRead(db: Database, tables: string): Promise<number> {
  await db.query((sql) => sql`select pg_stat_force_next_flush()`)
  const [row] = await db.query(
    (sql) => sql<{ entries: number }[]>`
      select coalesce(sum(idx_tup_read), 0)::float8 as entries from pg_stat_all_indexes
      where schemaname = 'posthorn' and relname ~ ${tables}`,
  )
  return row?.entries ?? 0
}

/** Those that `work` reads. */
export async function entriesReadBy(
  db: Database,
  tables: string,
  work: () => Promise<unknown>,
): Promise<number> {
  const before = await entriesRead(db, tables)
  await work()
  return (await entriesRead(db, tables)) - before
}
