import type { Database } from '../database/database.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Logger } from '../kernel/logger.ts'
import { Loop } from '../kernel/loop.ts'
import type { DisableCause } from './disable-subscription.ts'
import {
  type AttemptFacts,
  afterAttempt,
  type Health,
  isFailingTooLong,
  mergeHealth,
  unknownHealth,
} from './health.ts'
import { writeHealth } from './write-health.ts'

const flushEveryMs = 2000
/** While a subscription works there is no news but the time of its last success: that may be so old. */
const healthyEveryMs = 10_000
const subscriptionsPerWrite = 500

/** Last seen of a subscription when it was decided to disable it; for whoever tells its organisation. */
export type LastAttempt = Pick<AttemptFacts, 'outcome' | 'statusCode' | 'error'>

export interface HealthKeeperDependencies {
  database: Database
  clock: Clock
  log: Logger
  /** Nothing but failure for so long disables a subscription; 0 never does. */
  disableAfterMs: number
  disable(subscriptionId: string, cause: DisableCause, last: LastAttempt): Promise<void>
}

interface Seen {
  health: Health
  last: LastAttempt
}

/**
 * How each subscription fares, gathered in memory from the attempts of this process and written now and then, never per
 * delivery. What a crash loses is seconds of it. Disables those that failed for too long or are gone.
 */
export class HealthKeeper {
  readonly #deps: HealthKeeperDependencies
  readonly #healthyEveryMs: number
  readonly #loop: Loop
  /** Since the last write. */
  #seen = new Map<string, Seen>()
  /** What was written last: when, and whether it was failing. */
  readonly #written = new Map<string, { atMs: number; failing: boolean }>()
  /** Answered 410 and not disabled yet. */
  readonly #gone = new Map<string, LastAttempt>()

  constructor(deps: HealthKeeperDependencies) {
    this.#deps = deps
    // Several looks within the time that decides, or a success elsewhere would be heard of too late.
    const looksMs = (deps.disableAfterMs || Number.POSITIVE_INFINITY) / 4
    this.#healthyEveryMs = Math.min(healthyEveryMs, looksMs)
    this.#loop = new Loop({
      name: 'health',
      everyMs: Math.min(flushEveryMs, looksMs),
      clock: deps.clock,
      log: deps.log,
      turn: () => this.flush(),
    })
  }

  /** Takes note of recorded attempts, in the order in which they ended. */
  observe(attempts: Iterable<AttemptFacts>): void {
    const nowMs = this.#deps.clock.now()
    for (const attempt of attempts) {
      const health = this.#seen.get(attempt.subscriptionId)?.health ?? unknownHealth
      this.#seen.set(attempt.subscriptionId, {
        health: afterAttempt(health, attempt, nowMs),
        last: attempt,
      })
      if (attempt.outcome !== 'gone') continue
      this.#gone.set(attempt.subscriptionId, attempt)
      this.#loop.wake()
    }
  }

  start(): void {
    this.#loop.start()
  }

  /** Resolves when what was seen is written, if that is possible now. */
  async stop(): Promise<void> {
    await this.#loop.stop()
    this.#written.clear()
    try {
      while (await this.flush());
    } catch (err) {
      this.#deps.log.warn({ err }, 'the health of subscriptions could not be written')
    }
  }

  /** Writes what is news, and disables. Returns whether there is more. */
  async flush(): Promise<boolean> {
    for (const [id, last] of this.#gone) {
      await this.#deps.disable(id, { reason: 'gone' }, last)
      this.#gone.delete(id)
    }
    const news = [...this.#seen].filter(([id, { health }]) => this.#isNews(id, health))
    const batch = new Map(news.slice(0, subscriptionsPerWrite))
    if (batch.size > 0) await this.#write(batch)
    return news.length > batch.size
  }

  #isNews(id: string, health: Health): boolean {
    const written = this.#written.get(id)
    if (!written || written.failing || health.lastFailureAtMs !== null) return true
    return this.#deps.clock.now() - written.atMs >= this.#healthyEveryMs
  }

  async #write(batch: ReadonlyMap<string, Seen>): Promise<void> {
    const { database, clock, disableAfterMs, disable } = this.#deps
    for (const id of batch.keys()) this.#seen.delete(id)
    const seen = new Map([...batch].map(([id, { health }]) => [id, health]))
    const { merged, nowMs } = await writeHealth(database, seen, clock.now()).catch((error) => {
      this.#takeBack(batch)
      throw error
    })
    for (const [id, health] of merged) {
      this.#written.set(id, { atMs: clock.now(), failing: health.failingSinceMs !== null })
      const last = batch.get(id)?.last
      if (last && isFailingTooLong(health, nowMs, disableAfterMs))
        await disable(id, { reason: 'failing', disableAfterMs }, last)
    }
  }

  /** It could not be written: it goes with the next. */
  #takeBack(batch: ReadonlyMap<string, Seen>): void {
    for (const [id, seen] of batch) {
      const since = this.#seen.get(id)
      this.#seen.set(id, {
        health: mergeHealth(seen.health, since?.health ?? unknownHealth),
        last: since?.last ?? seen.last,
      })
    }
  }
}
