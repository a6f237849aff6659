import type { Database } from '../database/database.ts'
import { isDataError } from '../database/sql-state.ts'
import {
  type Announcement,
  abandonDelivery,
  type Settlement,
  settleDeliveries,
  settleWithdrawn,
} from '../deliveries/index.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Logger } from '../kernel/logger.ts'

/** A flush waits for company: a statement for one costs nearly what it costs for fifty. */
const gatherMs = 8
/** And longer under load, where there is much: per row, fifty cost a third more than two hundred. */
const gatherUnderLoadMs = 20
const loadMin = 32
const batchMax = 500
const retryPauseMs = 250

/**
 * Collects the results of attempts and writes them in batches. A result is never dropped because the database is slow
 * or away: it is tried until it is written, and the dispatcher starts nothing new while too many wait.
 */
export class SettlementBuffer {
  readonly #db: Database
  readonly #clock: Clock
  readonly #log: Logger
  readonly #announce: (settlement: Settlement) => Announcement | undefined
  readonly #onSettled: (batch: readonly Settlement[], counted: ReadonlySet<string>) => void
  #waiting: Settlement[] = []
  #running: Promise<void> | undefined
  #stopped = false

  constructor(
    db: Database,
    clock: Clock,
    log: Logger,
    announce: (settlement: Settlement) => Announcement | undefined,
    onSettled: (batch: readonly Settlement[], counted: ReadonlySet<string>) => void,
  ) {
    this.#db = db
    this.#clock = clock
    this.#log = log
    this.#announce = announce
    this.#onSettled = onSettled
  }

  /** Results not yet written. */
  get size(): number {
    return this.#waiting.length
  }

  add(settlement: Settlement): void {
    this.#waiting.push(settlement)
    this.#running ??= this.#run()
  }

  /** Resolves when everything is written, or after `maxMs` without it: then it is sent again by whoever comes next. */
  async stop(maxMs: number): Promise<void> {
    const cancel = this.#clock.after(maxMs, () => {
      this.#stopped = true
    })
    while (this.#running !== undefined) await this.#running
    cancel()
  }

  async #run(): Promise<void> {
    let lastSize = 0
    try {
      while (this.#waiting.length > 0 && !this.#stopped) {
        if (this.#waiting.length < batchMax)
          await this.#clock.sleep(lastSize < loadMin ? gatherMs : gatherUnderLoadMs)
        const batch = this.#waiting.slice(0, batchMax)
        await this.#write(batch)
        lastSize = batch.length
        this.#waiting = this.#waiting.slice(batch.length)
      }
    } finally {
      this.#running = undefined
    }
  }

  async #write(batch: Settlement[]): Promise<void> {
    while (!this.#stopped) {
      try {
        const announcements = batch.flatMap((one) => this.#announce(one) ?? [])
        const counted = await settleDeliveries(this.#db, batch, announcements)
        for (const id of await this.#settleWithdrawn(batch, counted)) counted.add(id)
        this.#onSettled(batch, counted)
        return
      } catch (error) {
        if (isDataError(error)) return this.#divide(batch, error)
        this.#log.warn({ err: error, results: batch.length }, 'results could not be written yet')
        await this.#clock.sleep(retryPauseMs)
      }
    }
  }

  /** Tried once: the rest of the batch is written, and to try all of it again would change nothing. */
  async #settleWithdrawn(
    batch: readonly Settlement[],
    counted: ReadonlySet<string>,
  ): Promise<string[]> {
    const uncounted = batch.filter((settlement) => !counted.has(settlement.id))
    if (uncounted.length === 0) return []
    return settleWithdrawn(this.#db, uncounted).catch((err) => {
      this.#log.warn({ err }, 'attempts of withdrawn deliveries could not be recorded')
      return []
    })
  }

  /** One row that cannot be stored must not hold up the others: halve until it stands alone, then give it up. */
  async #divide(batch: Settlement[], error: unknown): Promise<void> {
    const [only] = batch
    if (batch.length === 1 && only) {
      this.#log.error(
        { err: error, deliveryId: only.id },
        'the delivery cannot be recorded and is abandoned',
      )
      await this.#retrying(() => abandonDelivery(this.#db, only.organisation_id, only.id))
      this.#onSettled(batch, new Set())
      return
    }
    const half = batch.length >> 1
    await this.#write(batch.slice(0, half))
    await this.#write(batch.slice(half))
  }

  async #retrying(work: () => Promise<void>): Promise<void> {
    while (!this.#stopped) {
      try {
        return await work()
      } catch (error) {
        this.#log.warn({ err: error }, 'a delivery could not be abandoned yet')
        await this.#clock.sleep(retryPauseMs)
      }
    }
  }
}
