import { Catalogue } from '../catalogue/index.ts'
import { type ComparedField, compareEvents } from './compare-events.ts'
import { type Ground, importRows, retainedRange } from './import-rows.ts'
import { type Pairing, pairById, pairByTime, type Row, type Sides, timeOf } from './pair.ts'
import { type DayCount, type Examples, Tally } from './tally.ts'
import { cutWindows, loadWindow } from './windows.ts'

/** What is younger may still be under way from one table to the other. */
const settlingMs = 60_000

export interface ReconcileOptions extends Ground {
  /** @default as far back as events are retained */
  sinceMs?: number | undefined
  /** @default a minute ago */
  untilMs?: number | undefined
  /** How far apart the times of a row and its event may be. */
  toleranceMs: number
  /** Fields that may differ. */
  ignore?: readonly ComparedField[]
  /** Import what is missing in `domain_events`. */
  fix?: { deliver: boolean } | undefined
  onWindow?(reached: string): void
}

export interface ReconcileReport {
  table: string
  since: string
  until: string
  rows: number
  events: number
  missingInEvents: number
  missingInTable: number
  different: number
  /** Rows that are no events, see the rejects. */
  rejected: number
  /** Of the missing in `domain_events`, those that are there now. */
  fixed: number
  /** Whether nothing differs, or nothing does any more. */
  isEqual: boolean
  /** False when it was told to stop. */
  isComplete: boolean
  counts: DayCount[]
  examples: Examples
}

/**
 * Compares the old table with `domain_events` and says what is in one and not in the other. A row and an event belong
 * together when the event has the row's derived id, or else when they are about the same entity, of the same type and
 * close in time. Reads window after window.
 */
export async function reconcile(options: ReconcileOptions): Promise<ReconcileReport> {
  const { mapping, signal, toleranceMs, ignore = [] } = options
  const retained = await retainedRange(options)
  const sinceMs = Math.max(retained.fromMs, options.sinceMs ?? 0)
  const untilMs = options.untilMs ?? retained.nowMs - settlingMs
  const catalogue = new Catalogue(options.target, options.clock)
  const facts = { table: mapping.table, types: await catalogue.find([]), latestMs: retained.toMs }
  const isInRange = (row: Row | Sides['events'][number]): boolean =>
    timeOf(row) >= sinceMs && timeOf(row) < untilMs
  const tally = new Tally()
  let waiting: Sides = { rows: [], events: [] }
  let [fixed, rejected] = [0, 0]

  async function settle({ pairs, rows, events }: Omit<Pairing, 'waiting'>): Promise<void> {
    for (const { row, event } of pairs)
      if (isInRange(row)) tally.addPair(row, event, compareEvents(row, event, toleranceMs, ignore))
    for (const event of events.filter(isInRange)) tally.addEvent(event)
    const missing = rows.filter(isInRange)
    for (const row of missing) tally.addRow(row)
    if (options.fix) fixed += await importMissing(options, missing, options.fix.deliver)
  }

  // What belongs together may lie on both sides of a bound.
  const whole = { fromMs: sinceMs - toleranceMs, toMs: untilMs + toleranceMs }
  for await (const window of cutWindows(options, whole)) {
    if (signal.aborted) break
    const loaded = await loadWindow(options, window, facts)
    rejected += loaded.rejects.length
    loaded.rejects.forEach(options.onReject)
    const { pairs, rows, events } = pairById(loaded)
    const sides = { rows: [...waiting.rows, ...rows], events: [...waiting.events, ...events] }
    const pairing = pairByTime(sides, toleranceMs, window.toMs)
    waiting = pairing.waiting
    await settle({ ...pairing, pairs: [...pairs, ...pairing.pairs] })
    options.onWindow?.(new Date(window.toMs).toISOString())
  }
  await settle(pairByTime(waiting, toleranceMs, Number.POSITIVE_INFINITY))
  const sums = tally.sums()
  const { missingInEvents, missingInTable, different } = sums
  return {
    table: mapping.table,
    since: new Date(sinceMs).toISOString(),
    until: new Date(untilMs).toISOString(),
    ...sums,
    rejected,
    fixed,
    isEqual: missingInEvents === fixed && missingInTable + different === 0 && !signal.aborted,
    isComplete: !signal.aborted,
    counts: tally.counts(),
    examples: tally.examples,
  }
}

/** Reads the time of the missing once more, for they were read without their data. */
async function importMissing(
  options: ReconcileOptions,
  missing: readonly Row[],
  deliver: boolean,
): Promise<number> {
  if (missing.length === 0) return 0
  const times = missing.map(timeOf)
  const { imported } = await importRows({
    ...options,
    deliver,
    only: new Set(missing.map(({ id }) => id)),
    sinceMs: times.reduce((earliest, time) => Math.min(earliest, time)),
    untilMs: times.reduce((latest, time) => Math.max(latest, time)) + 1,
    onReject: () => undefined,
  })
  return imported
}
