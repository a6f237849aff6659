import { lowestIdAt, timeOfId } from '../kernel/ids.ts'

const dayMs = 86_400_000

/** A table partitioned by a UUIDv7 column, and how long its rows are kept. */
export interface PartitionedTable {
  name: string
  retentionDays: number
  /** How far into the future partitions exist, so that a stopped server cannot make a host's INSERT fail. */
  aheadDays: number
}

/** Events may be inserted by hosts while we are stopped, so their partitions reach far ahead. */
export function partitionedTables(days: {
  events: number
  deliveries: number
}): PartitionedTable[] {
  return [
    { name: 'domain_events', retentionDays: days.events, aheadDays: 30 },
    { name: 'deliveries', retentionDays: days.deliveries, aheadDays: 4 },
    { name: 'delivery_attempts', retentionDays: days.deliveries, aheadDays: 4 },
  ]
}

/** A partition: its name and the half-open time range of the ids in it. */
export interface Partition {
  name: string
  fromMs: number
  toMs: number
}

export interface PartitionPlan {
  create: Partition[]
  drop: Partition[]
}

/** About fifteen partitions over the retained time: few enough to plan over, fine enough to drop. */
export function partitionWidthDays(retentionDays: number): number {
  return Math.max(1, Math.ceil(retentionDays / 15))
}

/** What to create and drop so that everything retained, and the near future, has its partition. */
export function planPartitions(
  table: PartitionedTable,
  existing: readonly Partition[],
  nowMs: number,
): PartitionPlan {
  const oldestMs = Math.floor(nowMs / dayMs - table.retentionDays) * dayMs
  const horizonMs = Math.ceil(nowMs / dayMs + table.aheadDays) * dayMs
  const widthMs = partitionWidthDays(table.retentionDays) * dayMs
  const kept = existing.filter((partition) => partition.toMs > oldestMs)
  const drop = existing.filter((partition) => partition.toMs <= oldestMs)
  const firstMs = Math.min(horizonMs, ...kept.map((partition) => partition.fromMs))
  const lastMs = Math.max(firstMs, ...kept.map((partition) => partition.toMs))
  const create = [
    ...splitRange(table.name, oldestMs, firstMs, widthMs),
    ...splitRange(table.name, lastMs, horizonMs, widthMs),
  ]
  return { create, drop }
}

/** From when on the plan drops a partition. */
export function expiryOf(table: PartitionedTable, { toMs }: Partition): number {
  return Math.ceil(toMs / dayMs + table.retentionDays) * dayMs
}

function splitRange(table: string, fromMs: number, toMs: number, widthMs: number): Partition[] {
  const partitions: Partition[] = []
  for (let startMs = fromMs; startMs < toMs; startMs += widthMs) {
    const endMs = Math.min(startMs + widthMs, toMs)
    partitions.push({ name: partitionName(table, startMs), fromMs: startMs, toMs: endMs })
  }
  return partitions
}

function partitionName(table: string, fromMs: number): string {
  return `${table}_${new Date(fromMs).toISOString().slice(0, 10).replaceAll('-', '')}`
}

/** Reads a partition's range from what `pg_get_expr` prints of its bound. */
export function parsePartitionBound(name: string, bound: string): Partition | undefined {
  const ids = bound.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g)
  if (!ids?.[0] || !ids[1]) return undefined
  return { name, fromMs: timeOfId(ids[0]), toMs: timeOfId(ids[1]) }
}

export function partitionBounds(partition: Partition): { from: string; to: string } {
  return { from: lowestIdAt(partition.fromMs), to: lowestIdAt(partition.toMs) }
}
