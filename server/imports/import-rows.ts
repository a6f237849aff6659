import { Catalogue } from '../catalogue/index.ts'
import type { Database } from '../database/database.ts'
import { databaseNowMs } from '../database/database-clock.ts'
import { extendPartitions } from '../database/maintain-partitions.ts'
import { partitionedTables } from '../database/partitions.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Logger } from '../kernel/logger.ts'
import { countPresent, insertEvents } from './insert-events.ts'
import { type ImportedEvent, judgeRow, type Reject } from './judge-row.ts'
import type { Mapping } from './mapping.ts'
import { readPages } from './read-pages.ts'
import { countSql, type TimeRange } from './select-sql.ts'

const dayMs = 86_400_000
/** As far ahead as the clocks of producers may run. */
const skewMs = 5 * 60_000

/** What an import and a reconciliation need: both databases, and what is retained. */
export interface Ground {
  /** Where the old table is. */
  source: Database
  /** Where `domain_events` is. */
  target: Database
  mapping: Mapping
  retentionDays: number
  clock: Clock
  log: Logger
  /** Aborts between two pages. */
  signal: AbortSignal
  onReject(reject: Reject): void
}

export interface ImportOptions extends Ground {
  /** Leave the events to the dispatchers. */
  deliver: boolean
  dryRun?: boolean
  /** New events at most. */
  limit?: number | undefined
  sinceMs?: number | undefined
  untilMs?: number | undefined
  rowsPerSecondMax?: number | undefined
  /** Only the events of these ids. */
  only?: ReadonlySet<string>
  onProgress?(progress: ImportProgress): void
}

export interface ImportProgress {
  /** Rows of the table that are to be read. */
  rows: number
  read: number
  /** New events; with `dryRun`, those that there would be. */
  imported: number
  /** Events that were there already. */
  present: number
  rejected: number
  /** The time of the last row that was read. */
  reached: string | null
}

export interface ImportReport extends ImportProgress {
  table: string
  dryRun: boolean
  /** Rows older than the retained time: not read. */
  expired: number
  /** Days that events are retained, and since when. */
  retentionDays: number
  retainedSince: string
  /** False when it was told to stop, or stopped at its limit: the same command goes on. */
  isComplete: boolean
}

/** What is retained and what counts as the future, by the database's clock. */
export async function retainedRange({
  target,
  retentionDays,
}: Pick<Ground, 'target' | 'retentionDays'>): Promise<{
  nowMs: number
  fromMs: number
  toMs: number
}> {
  const nowMs = await databaseNowMs(target)
  return { nowMs, fromMs: nowMs - retentionDays * dayMs, toMs: nowMs + skewMs }
}

/**
 * Makes events of the rows of a table. Ids are derived, so what is there already stays as it is: to start again is to
 * go on, and nothing needs to be remembered.
 */
export async function importRows(options: ImportOptions): Promise<ImportReport> {
  const { source, mapping, signal } = options
  const retained = await retainedRange(options)
  const from = Math.max(retained.fromMs, options.sinceMs ?? 0)
  const range: TimeRange = { fromMs: from, toMs: options.untilMs }
  const whole = options.sinceMs === undefined && options.untilMs === undefined
  const count = async (of: TimeRange | 'without time'): Promise<number> => {
    const [row] = await source.query((sql) => sql.unsafe<{ rows: number }[]>(countSql(mapping, of)))
    return row?.rows ?? 0
  }
  const expired = whole ? await count({ toMs: from }) : 0
  const progress: ImportProgress = {
    rows: (await count(range)) + (whole ? await count('without time') : 0),
    read: 0,
    imported: 0,
    present: 0,
    rejected: 0,
    reached: null,
  }
  if (!options.dryRun) await preparePartitions(options, retained.nowMs)
  const walk = createWalk(options, progress, retained.toMs)
  const isComplete = (await walk(range)) && (!whole || (await walk('without time')))
  return {
    table: mapping.table,
    dryRun: options.dryRun ?? false,
    ...progress,
    expired,
    retentionDays: options.retentionDays,
    retainedSince: new Date(retained.fromMs).toISOString(),
    isComplete: isComplete && !signal.aborted,
  }
}

/** Reads one range to its end; false when it was stopped before. */
function createWalk(options: ImportOptions, progress: ImportProgress, latestMs: number) {
  const { source, target, mapping, clock, signal, limit = Number.POSITIVE_INFINITY } = options
  const catalogue = new Catalogue(target, clock)
  const startedMs = clock.monotonicMs()

  /** In parts, for only the insert tells what is new and counts towards the limit. */
  async function store(events: readonly ImportedEvent[]): Promise<void> {
    for (let start = 0; start < events.length && progress.imported < limit; ) {
      const part = events.slice(start, start + limit - progress.imported)
      const added = options.dryRun
        ? part.length - (await countPresent(target, part))
        : await insertEvents(target, part, options.deliver)
      progress.imported += added
      progress.present += part.length - added
      start += part.length
    }
  }

  function reject(rejected: Reject): void {
    progress.rejected++
    options.onReject(rejected)
  }

  return async (range: TimeRange | 'without time'): Promise<boolean> => {
    for await (const { rows, unreadable } of readPages(source, mapping, range)) {
      const facts = {
        table: mapping.table,
        types: await catalogue.find(rows.flatMap(({ eventType }) => eventType ?? [])),
        latestMs,
      }
      const events: ImportedEvent[] = []
      for (const row of rows) {
        const judged = judgeRow(row, facts)
        if ('reject' in judged) reject(judged.reject)
        else if (options.only?.has(judged.event.id) ?? true) events.push(judged.event)
      }
      for (const { key, createdAt, reason } of unreadable)
        reject({ table: mapping.table, key, createdAt, reasons: [reason] })
      await store(events)
      progress.read += rows.length + unreadable.length
      progress.reached = (rows.at(-1) ?? unreadable.at(-1))?.createdAt ?? progress.reached
      options.onProgress?.(progress)
      if (signal.aborted || progress.imported >= limit) return false
      const dueMs = (progress.read / (options.rowsPerSecondMax ?? Infinity)) * 1000
      await clock.sleep(Math.max(0, startedMs + dueMs - clock.monotonicMs()), signal)
    }
    return true
  }
}

/** Only creates: this process may be told of a shorter retention than the one that the server keeps. */
async function preparePartitions({ target, retentionDays, log }: Ground, nowMs: number) {
  const tables = partitionedTables({ events: retentionDays, deliveries: retentionDays })
  for (const table of tables)
    if (table.name === 'domain_events') await extendPartitions(target, table, nowMs, log)
}
