import type { Context } from '../context.ts'
import type { SubscriptionDirectory } from '../subscriptions/index.ts'
import { skippedBeforehand } from './dry-run.ts'
import { completeReplay, countUnfinished, failReplay, type ReplayJob } from './jobs.ts'
import { lookAhead } from './look-ahead.ts'
import { batchDurationMs, batchSize } from './pace.ts'
import { queueBatch } from './queue-batch.ts'
import type { Source } from './source.ts'
import { boundsOf, namedSubscription } from './task.ts'
import { addSkipped, planBatch } from './window.ts'

/** Pause while something else has to happen first: receivers answer, somebody resumes a subscription. */
const waitMs = 200
const windowMax = 1000

/** One step of a replay: a batch, or a look whether it may go on or is done. Returns how long to rest, milliseconds. */
export async function stepReplay(
  ctx: Context,
  directory: SubscriptionDirectory,
  job: ReplayJob,
  owner: string,
): Promise<number> {
  const db = ctx.database.engine
  if (job.cursor && 'end' in job.cursor) {
    return (await completeReplay(db, job.id, owner)) ? 0 : waitMs
  }
  const named = namedSubscription(job.filter)
  const subscription = named === undefined ? undefined : directory.get(named)
  if (subscription?.status === 'paused') return waitMs
  if (job.mode === 'missing' && subscription?.status !== 'active') {
    await failReplay(db, job.id, owner, 'The subscription is disabled or deleted.')
    return 0
  }
  const sendMax = batchSize(job.ratePerSecond, await countUnfinished(db, job.id))
  if (sendMax === 0) return waitMs
  const bounds = boundsOf(job, ctx.config.retentionDays, ctx.clock.now())
  const source: Source = { db, directory, task: job, bounds }
  const window = await lookAhead(source, job.cursor?.at ?? null, Math.min(windowMax, sendMax * 4))
  const batch = planBatch(window, sendMax)
  if (job.cursor === null) {
    const { skipped } = await skippedBeforehand(source)
    batch.skipped = addSkipped(batch.skipped, skipped)
  }
  const queued = await queueBatch(db, job, owner, batch)
  if (queued === undefined || queued === 0) return 0
  ctx.signals.emit('queue')
  return batchDurationMs(job.ratePerSecond, queued)
}
