import type { Database } from '../database/database.ts'
import { identifier } from './select-sql.ts'

/** What the database says of the old table. */
export interface LiveTable {
  columns: { name: string; type: string; isNullable: boolean }[]
  /** Column sets that no two rows share. */
  uniqueKeys: string[][]
  /** The first column of each index: what the table can be read in the order of. */
  indexedColumns: string[]
}

/** Undefined when there is no such table. */
export async function readLiveTable(
  source: Database,
  table: string,
): Promise<LiveTable | undefined> {
  const name = table.split('.').map(identifier).join('.')
  const [row] = await source.query(
    (sql) => sql<LiveTable[]>`
      with indexes as (
        select indrelid, indisunique, (
          select jsonb_agg(attname order by position)
          from unnest(indkey::int2[]) with ordinality k(number, position)
          join pg_attribute on attrelid = indrelid and attnum = number
          where position <= indnkeyatts) as names
        from pg_index
        where indrelid = to_regclass(${name}) and indisvalid and indpred is null and indexprs is null
      )
      select
        (select jsonb_agg(jsonb_build_object('name', attname, 'isNullable', not attnotnull,
            'type', format_type(case when typtype = 'd' then typbasetype else atttypid end, null)) order by attnum)
          from pg_attribute join pg_type t on t.oid = atttypid
          where attrelid = c.oid and attnum > 0 and not attisdropped) as columns,
        (select coalesce(jsonb_agg(names), '[]') from indexes where indisunique) as unique_keys,
        (select coalesce(jsonb_agg(names -> 0), '[]') from indexes) as indexed_columns
      from pg_class c
      where c.oid = to_regclass(${name}) and c.relkind in ('r', 'p', 'v', 'm', 'f')`,
  )
  return row
}

/** Names that a wrong one may have been meant for: `schema.table`. */
export async function listTableNames(source: Database): Promise<string[]> {
  const rows = await source.query(
    (sql) => sql<{ name: string }[]>`
      select n.nspname || '.' || c.relname as name
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
        and n.nspname not in ('pg_catalog', 'information_schema') order by 1`,
  )
  return rows.map(({ name }) => name)
}

export async function listTimeZones(source: Database): Promise<string[]> {
  const rows = await source.query(
    (sql) => sql<{ name: string }[]>`select name from pg_timezone_names`,
  )
  return rows.map(({ name }) => name)
}
