import type { Database } from '../database/database.ts'
import { quoteName } from './quote.ts'
import type { Capture } from './schemas.ts'

export interface TableColumn {
  name: string
  /** As Postgres writes it: `timestamp without time zone`. */
  type: string
}

/** A table as the database has it. */
export interface TableFacts {
  /** None when there is no such table. */
  columns: TableColumn[]
  /** Tables of its schema, for who misspelt it. */
  tables: string[]
  hasPosthorn: boolean
  /** What Postgres says against `organisationSql`. */
  organisationFault: string | undefined
}

/** Looks a table up. `posthorn` is the schema that the triggers are to write to. */
export async function readTable(
  db: Database,
  capture: Capture,
  posthorn: string,
): Promise<TableFacts> {
  const { schema, table } = capture
  const columns = await db.query(
    (sql) => sql<TableColumn[]>`
      select a.attname as name, format_type(t.oid, null) as type
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
        join pg_type d on d.oid = a.atttypid
        join pg_type t on t.oid = case when d.typtype = 'd' then d.typbasetype else d.oid end
      where n.nspname = ${schema} and c.relname = ${table} and c.relkind in ('r', 'p')
        and a.attnum > 0 and not a.attisdropped
      order by a.attnum`,
  )
  const tables = await db.query(
    (sql) => sql<{ name: string }[]>`
      select relname as name from pg_class join pg_namespace n on n.oid = relnamespace
      where n.nspname = ${schema} and relkind in ('r', 'p') and not relispartition order by 1 limit 1000`,
  )
  const [found] = await db.query(
    (sql) => sql<{ hasPosthorn: boolean }[]>`
      select to_regclass(${`${quoteName(posthorn)}.domain_events`}) is not null as has_posthorn`,
  )
  return {
    columns,
    tables: tables.map(({ name }) => name),
    hasPosthorn: found?.hasPosthorn ?? false,
    organisationFault: columns.length > 0 ? await findFault(db, capture) : undefined,
  }
}

/** Has Postgres plan the expression, without running it on any row. */
async function findFault(db: Database, capture: Capture): Promise<string | undefined> {
  const { organisationSql, schema, table } = capture
  if (organisationSql === undefined) return undefined
  const statement = `select (${organisationSql}\n)::uuid from ${quoteName(schema, table)} as r limit 0`
  try {
    // As the function will see it: nothing but the row and names with a schema.
    await db.transaction(async (tx) => {
      await tx`set transaction read only`
      await tx`set local search_path = pg_catalog, pg_temp`
      await tx.unsafe(statement)
    })
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}
