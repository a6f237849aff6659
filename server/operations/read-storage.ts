import type { Context } from '../context.ts'
import { expiryOf, parsePartitionBound, partitionedTables } from '../database/partitions.ts'
import type { System } from './schemas.ts'

type Table = System['storage'][number]

interface RelationRow {
  tableName: string
  name: string
  /** Null: not a partition. */
  bound: string | null
  bytes: number
  rows: number
}

/** What each table takes, as the catalogue of Postgres knows it: no table is read. */
export async function readStorage(ctx: Context): Promise<Table[]> {
  const rows = await ctx.database.owner.query(
    (sql) => sql<RelationRow[]>`
      select coalesce(parent.relname, c.relname) as table_name, c.relname as name,
        pg_get_expr(c.relpartbound, c.oid) as bound, coalesce(pg_total_relation_size(c.oid), 0) as bytes,
        -- The count of live rows begins anew after a crash; of a partition nobody writes to, the last analysis is left.
        greatest(pg_stat_get_live_tuples(c.oid), case when c.relispartition then c.reltuples else 0 end)::bigint as rows
      from pg_class c
      left join pg_inherits i on i.inhrelid = c.oid
      left join pg_class parent on parent.oid = i.inhparent
      where c.relkind = 'r' and c.relnamespace = ${ctx.config.schema}::regnamespace
      order by c.relname`,
  )
  const retained = new Map(
    partitionedTables(ctx.config.retentionDays).map((table) => [table.name, table]),
  )
  return [...Map.groupBy(rows, (row) => row.tableName)]
    .map(([name, relations]): Table => {
      const partitions = relations.flatMap(({ bound, bytes, rows: count, ...relation }) => {
        const range = bound === null ? undefined : parsePartitionBound(relation.name, bound)
        return range ? [{ ...range, bytes, rows: count }] : []
      })
      partitions.sort((a, b) => a.fromMs - b.fromMs)
      const [oldest] = partitions
      const table = retained.get(name)
      return {
        name,
        bytes: sum(relations.map((one) => one.bytes)),
        rows: sum(relations.map((one) => one.rows)),
        partitions: partitions.map(({ fromMs, toMs, ...partition }) => ({
          ...partition,
          from: new Date(fromMs).toISOString(),
          to: new Date(toMs).toISOString(),
        })),
        oldestDroppedAt: oldest && table ? new Date(expiryOf(table, oldest)).toISOString() : null,
      }
    })
    .sort((a, b) => b.bytes - a.bytes)
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
