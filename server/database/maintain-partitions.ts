import type { Logger } from '../kernel/logger.ts'
import type { Database, Sql, Tx } from './database.ts'
import {
  type Partition,
  type PartitionedTable,
  parsePartitionBound,
  partitionBounds,
  planPartitions,
} from './partitions.ts'

interface PartitionRow {
  name: string
  bound: string | null
  detachPending: boolean
}

/** Creates the partitions that are missing and drops those past their retention. Safe in many processes at once. */
export async function maintainPartitions(
  db: Database,
  tables: readonly PartitionedTable[],
  nowMs: number,
  log: Logger,
): Promise<void> {
  for (const table of tables) {
    await createPartitions(db, table, nowMs, log)
    await dropPartitions(db, table, nowMs, log)
  }
}

/**
 * LIKE and ATTACH instead of PARTITION OF: attaching holds no lock that writers wait for.
 * The lock lets one process at a time plan, so two never create the same range.
 */
async function createPartitions(
  db: Database,
  table: PartitionedTable,
  nowMs: number,
  log: Logger,
): Promise<void> {
  const missing = planPartitions(table, await listPartitions(db, table.name), nowMs).create
  if (missing.length === 0) return
  await db.transaction(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext('posthorn.partitions'))`
    const rows = await selectPartitions(tx, table.name)
    for (const partition of planPartitions(table, rows.flatMap(toPartition), nowMs).create) {
      const { from, to } = partitionBounds(partition)
      await tx.unsafe(
        `create table "${partition.name}" (like "${table.name}" including all);` +
          `alter table "${table.name}" attach partition "${partition.name}" for values from ('${from}') to ('${to}')`,
      )
      log.debug({ partition: partition.name }, 'partition created')
    }
  })
}

/** Detaches without blocking writers, then drops; a detach cut short by a crash is finished first. */
async function dropPartitions(
  db: Database,
  table: PartitionedTable,
  nowMs: number,
  log: Logger,
): Promise<void> {
  const rows = await db.query((sql) => selectPartitions(sql, table.name))
  const expired = new Set(
    planPartitions(table, rows.flatMap(toPartition), nowMs).drop.map((partition) => partition.name),
  )
  for (const row of rows.filter(
    (candidate) => candidate.detachPending || expired.has(candidate.name),
  )) {
    const how = row.detachPending ? 'finalize' : 'concurrently'
    await db.query((sql) =>
      sql.unsafe(`alter table "${table.name}" detach partition "${row.name}" ${how}`),
    )
    await db.query((sql) => sql.unsafe(`drop table "${row.name}"`))
    log.info({ partition: row.name }, 'partition dropped')
  }
}

async function listPartitions(db: Database, table: string): Promise<Partition[]> {
  const rows = await db.query((sql) => selectPartitions(sql, table))
  return rows.flatMap(toPartition)
}

function selectPartitions(sql: Sql | Tx, table: string) {
  return sql<PartitionRow[]>`
    select c.relname as name, pg_get_expr(c.relpartbound, c.oid) as bound,
      i.inhdetachpending as detach_pending
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = ${table}::regclass`
}

function toPartition(row: PartitionRow): Partition[] {
  const partition = row.bound === null ? undefined : parsePartitionBound(row.name, row.bound)
  return partition ? [partition] : []
}
