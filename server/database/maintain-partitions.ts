import type { Logger } from '../kernel/logger.ts'
import type { Database, Sql, Tx } from './database.ts'
import {
  type Partition,
  type PartitionedTable,
  parsePartitionBound,
  partitionBounds,
  planPartitions,
} from './partitions.ts'
import { isLostRace } from './sql-state.ts'

const expiredMark = 'Posthorn: expired'

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
    await untilNoRaceIsLost(async () => {
      await createPartitions(db, table, nowMs, log)
      await dropPartitions(db, table, nowMs, log)
    })
  }
}

/** Creates what is missing within the retained time and leaves the rest alone, expired or not. */
export async function extendPartitions(
  db: Database,
  table: PartitionedTable,
  nowMs: number,
  log: Logger,
): Promise<void> {
  await untilNoRaceIsLost(() => createPartitions(db, table, nowMs, log))
}

/** Who loses to another process, or is the victim of a deadlock with it, looks again and goes on from what it finds. */
async function untilNoRaceIsLost(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt === 20 || !isLostRace(error)) throw error
    }
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
      const [taken] = await tx`select where to_regclass(${`"${partition.name}"`}) is not null`
      if (taken) {
        // Detached by hand, to be kept. The others must not wait for it.
        log.warn({ table: partition.name }, 'this table is in the place of a partition')
        continue
      }
      await tx.unsafe(
        `create table "${partition.name}" (like "${table.name}" including all);` +
          `alter table "${table.name}" attach partition "${partition.name}" for values from ('${from}') to ('${to}')`,
      )
      log.info({ partition: partition.name }, 'partition created')
    }
  })
}

/** Detaches without blocking writers, then drops. What a crash or a timeout cut short is finished first. */
async function dropPartitions(
  db: Database,
  table: PartitionedTable,
  nowMs: number,
  log: Logger,
): Promise<void> {
  const { drop } = planPartitions(table, await listPartitions(db, table.name), nowMs)
  await detachPartitions(db, table.name, new Set(drop.map(({ name }) => name)))
  for (const { name } of await db.query((sql) => selectDetached(sql, table.name))) {
    await db.query((sql) => sql.unsafe(`drop table if exists "${name}"`))
    log.info({ partition: name }, 'partition dropped')
  }
}

/** One by one, because Postgres allows one half-detached partition per table: that one first. */
async function detachPartitions(
  db: Database,
  table: string,
  expired: ReadonlySet<string>,
): Promise<void> {
  for (;;) {
    const rows = await db.query((sql) => selectPartitions(sql, table))
    const next = rows.find((row) => row.detachPending) ?? rows.find((row) => expired.has(row.name))
    if (!next) return
    await detachPartition(db, table, next)
  }
}

async function detachPartition(db: Database, table: string, row: PartitionRow): Promise<void> {
  const { name, detachPending } = row
  if (!detachPending) {
    // Tells those that are to be dropped from those that somebody detached to keep.
    await db.query((sql) => sql.unsafe(`comment on table "${name}" is '${expiredMark}'`))
  }
  const how = detachPending ? 'finalize' : 'concurrently'
  await db.query((sql) => sql.unsafe(`alter table "${table}" detach partition "${name}" ${how}`))
}

/** The attached partitions of a table. */
export async function listPartitions(db: Database, table: string): Promise<Partition[]> {
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

/** Detached to be dropped. */
function selectDetached(sql: Sql, table: string) {
  return sql<{ name: string }[]>`
    select c.relname as name from pg_class c
    where c.relnamespace = (select relnamespace from pg_class where oid = ${table}::regclass)
      and c.relkind = 'r' and not c.relispartition
      and starts_with(c.relname, ${`${table}_`}) and obj_description(c.oid, 'pg_class') = ${expiredMark}`
}

function toPartition(row: PartitionRow): Partition[] {
  const partition = row.bound === null ? undefined : parsePartitionBound(row.name, row.bound)
  return partition ? [partition] : []
}
