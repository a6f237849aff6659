import type { Clock } from '../kernel/clock.ts'
import { countPending, countUnknown } from './count-pending.ts'
import { lookAhead } from './look-ahead.ts'
import type { ReplayDryRun } from './schemas.ts'
import type { Source } from './source.ts'
import { addSkipped, type Cursor, noneSkipped, planBatch } from './window.ts'

/** Rows per statement. */
const windowMax = 2000

export interface DryRunLimits {
  rowsMax: number
  durationMaxMs: number
}

/** Counts what a replay would do and does nothing. Past its limits it stops and says so. */
export async function dryRun(
  source: Source,
  limits: DryRunLimits,
  clock: Clock,
): Promise<ReplayDryRun> {
  const startedAtMs = clock.monotonicMs()
  const skippedFirst = await skippedBeforehand(source)
  let skipped = addSkipped(noneSkipped, skippedFirst.skipped)
  let willSend = 0
  let scanned = 0
  let cursor: Cursor = null
  while (!(cursor && 'end' in cursor)) {
    const late = clock.monotonicMs() - startedAtMs > limits.durationMaxMs
    if (scanned >= limits.rowsMax || late) break
    const window = await lookAhead(source, cursor?.at ?? null, windowMax)
    const batch = planBatch(window, Number.POSITIVE_INFINITY)
    skipped = addSkipped(skipped, batch.skipped)
    willSend += batch.send.length
    scanned += window.scanned
    cursor = window.next
  }
  const complete = cursor !== null && 'end' in cursor && skippedFirst.complete
  return { willSend, skipped, complete, clampedSince: source.bounds.clampedSince }
}

/** What the walk over the ledger does not come upon. (A walk over events meets what waits.) */
export async function skippedBeforehand(source: Source) {
  if (source.task.mode === 'missing') return { skipped: {}, complete: true }
  const { count: pending, complete } = await countPending(source)
  return { skipped: { pending, beyondRetention: await countUnknown(source, pending) }, complete }
}
