import type { Database } from './database.ts'

/** The time by the database's clock, milliseconds since 1970: the one that all processes share. */
export async function databaseNowMs(db: Database): Promise<number> {
  const [row] = await db.query(
    (sql) => sql<{ nowMs: number }[]>`select extract(epoch from now())::float8 * 1000 as now_ms`,
  )
  return (row as { nowMs: number }).nowMs
}
