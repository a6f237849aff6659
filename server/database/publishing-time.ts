import type { Database, Fragment, Sql } from './database.ts'

/*
 * Whoever follows what was published reads in the order of `published_at`, and must know up to where nothing can still
 * come. So whoever publishes holds, until its commit is visible to all, a shared advisory lock that says since when.
 */

const lockClass = 1_886_352_500
/** The lock's key is the second since 2020, as an integer holds it until 2088. */
const keyFrom = 1_577_836_800
/** So far the clock of the database may be set back without anybody missing anything. */
const clockBackMax = '1 second'

/** The value of `published_at` in a statement that publishes: a time not before its lock was taken. */
export function publishingTime(sql: Sql): Fragment {
  return sql`(select case when pg_try_advisory_xact_lock_shared(${lockClass}::int,
    (floor(extract(epoch from clock_timestamp())) - ${keyFrom}::int)::int) then clock_timestamp() end)`
}

/**
 * A time before which nothing more will be published, as text. What is read up to there has to be read by a later
 * statement: whatever held no lock any more when this was answered is visible to it.
 */
export async function readPublishedUntil(db: Database): Promise<string> {
  const [row] = await db.query(
    (sql) => sql<{ until: string }[]>`
    select (least(statement_timestamp(), to_timestamp(min(objid::bigint) + ${keyFrom}::int))
      - ${clockBackMax}::text::interval)::text as until
    from pg_locks
    where locktype = 'advisory' and classid = ${lockClass}::bigint::oid and objsubid = 2
      and database = (select oid from pg_database where datname = current_database())`,
  )
  return row?.until ?? '-infinity'
}
