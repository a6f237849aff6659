import type { Context } from '../context.ts'
import { isDataError } from '../database/sql-state.ts'
import { newId } from '../kernel/ids.ts'
import { Loop } from '../kernel/loop.ts'
import type { SubscriptionDirectory } from '../subscriptions/index.ts'
import { claimReplays, failReplay, type ReplayJob, releaseReplays } from './jobs.ts'
import { stepReplay } from './step-replay.ts'

const pollMs = 1000

/**
 * Works on replays: batch by batch, as long as it has the lease on them. Everything it needs to know is in their rows,
 * so another one goes on where it stopped.
 */
export class ReplayRunner {
  readonly #ctx: Context
  readonly #directory: SubscriptionDirectory
  /** A new one at each start: what an earlier one still has on its way does not count. */
  readonly #id = newId()
  readonly #loop: Loop
  readonly #wake = () => this.#loop.wake()
  /** Not to be gone on with before, by replay; monotonic. */
  #restsUntilMs = new Map<string, number>()
  #cancelTimer: () => void = () => undefined
  #stopping = false

  constructor(ctx: Context, directory: SubscriptionDirectory) {
    this.#ctx = ctx
    this.#directory = directory
    const { clock, log } = ctx
    this.#loop = new Loop({
      name: 'replays',
      everyMs: pollMs,
      clock,
      log,
      turn: () => this.#turn(),
    })
  }

  start(): void {
    this.#ctx.signals.on('replays', this.#wake)
    this.#loop.start()
  }

  /** Finishes the batch under way and gives the replays back. */
  async stop(): Promise<void> {
    this.#stopping = true
    this.#ctx.signals.off('replays', this.#wake)
    this.#cancelTimer()
    await this.#loop.stop()
    await releaseReplays(this.#ctx.database.engine, this.#id).catch((err) =>
      this.#ctx.log.warn({ err }, 'the replays could not be given back'),
    )
  }

  async #turn(): Promise<boolean> {
    const { clock, config, database } = this.#ctx
    const jobs = await claimReplays(database.engine, this.#id, config.dispatcher.leaseMs)
    if (jobs.length === 0) {
      this.#restsUntilMs.clear()
      return false
    }
    await this.#directory.refresh()
    const rests = new Map<string, number>()
    for (const job of jobs) {
      if (this.#stopping) return false
      const resting = this.#restsUntilMs.get(job.id) ?? 0
      const until =
        resting > clock.monotonicMs() ? resting : clock.monotonicMs() + (await this.#step(job))
      rests.set(job.id, until)
    }
    this.#restsUntilMs = rests
    const restMs = Math.min(...rests.values()) - clock.monotonicMs()
    if (restMs <= 0) return true
    this.#cancelTimer()
    this.#cancelTimer = clock.after(restMs, this.#wake)
    return false
  }

  /** How long the replay is to rest afterwards, milliseconds. One that cannot go on does not hold up the others. */
  async #step(job: ReplayJob): Promise<number> {
    try {
      return await stepReplay(this.#ctx, this.#directory, job, this.#id)
    } catch (error) {
      this.#ctx.log.warn({ err: error, replayId: job.id }, 'a step of a replay failed')
      if (isDataError(error)) {
        const reason = 'Postgres refused a row of this replay; the server log has the details.'
        await failReplay(this.#ctx.database.engine, job.id, this.#id, reason)
      }
      return pollMs
    }
  }
}
