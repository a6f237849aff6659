import type { Context } from '../context.ts'
import { type Partition, parsePartitionBound } from '../database/partitions.ts'
import type { ReadinessCheck } from './schemas.ts'

const dayMs = 86_400_000

interface PartitionRow {
  tableName: string
  name: string | null
  bound: string | null
}

/** Without a partition for now nothing can be inserted; without one for tomorrow, soon. */
export async function checkPartitions(ctx: Context): Promise<ReadinessCheck[]> {
  const rows = await ctx.database.owner.query(
    (sql) => sql<PartitionRow[]>`
      select parent.relname as table_name, child.relname as name,
        pg_get_expr(child.relpartbound, child.oid) as bound
      from pg_class parent
      left join pg_inherits i on i.inhparent = parent.oid
      left join pg_class child on child.oid = i.inhrelid
      where parent.relkind = 'p' and parent.relnamespace = ${ctx.config.schema}::regnamespace
      order by parent.relname`,
  )
  const tables = Map.groupBy(rows, (row) => row.tableName)
  const nowMs = ctx.clock.now()
  const missing = (atMs: number) =>
    [...tables]
      .filter(([, found]) => !partitionsOf(found).some((part) => covers(part, atMs)))
      .map(([table]) => table)
  return [describe(missing(nowMs), missing(nowMs + dayMs))]
}

function describe(now: string[], tomorrow: string[]): ReadinessCheck {
  const name = 'partitions'
  if (now.length > 0) {
    return {
      name,
      status: 'failed',
      detail: `No partition for the present: ${now.join(', ')}. Run the migrations.`,
    }
  }
  if (tomorrow.length > 0) {
    const detail = `No partition for this time tomorrow: ${tomorrow.join(', ')}. Run the migrations, or a dispatcher.`
    return { name, status: 'degraded', detail }
  }
  return { name, status: 'ok' }
}

function partitionsOf(rows: readonly PartitionRow[]): Partition[] {
  return rows.flatMap(({ name, bound }) => {
    const partition = name === null || bound === null ? undefined : parsePartitionBound(name, bound)
    return partition ? [partition] : []
  })
}

function covers(partition: Partition, atMs: number): boolean {
  return partition.fromMs <= atMs && atMs < partition.toMs
}
