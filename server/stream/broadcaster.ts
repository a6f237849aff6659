import type { Context } from '../context.ts'
import type { Settlement } from '../deliveries/index.ts'
import { Loop } from '../kernel/loop.ts'
import {
  type AttemptKey,
  attemptsPerNotification,
  channelOf,
  encodeNotification,
  toAttemptKey,
} from './notification.ts'

/** Notifications wait this long for company: sending one locks out all others of the database. */
const gatherMs = 100
const waitingMax = 5000

/**
 * Tells the processes in which somebody watches what this dispatcher settled. While nobody does, it asks for that every
 * two seconds and does nothing else.
 */
export class Broadcaster {
  readonly #ctx: Context
  /** Ours, as a listener and as a teller. */
  readonly #id: string
  readonly #loop: Loop
  readonly #lookEveryMs: number
  #waiting: AttemptKey[] = []
  /** Being sent. */
  #outbox: string[] = []
  #sequence = 0
  #heard = false
  #lookedAtMs = Number.NEGATIVE_INFINITY

  /** `lookEveryMs`: how often to look whether somebody listens, and to give a sign of life while somebody does. */
  constructor(ctx: Context, id: string, lookEveryMs = 2000) {
    const { clock, log } = ctx
    this.#ctx = ctx
    this.#id = id
    this.#lookEveryMs = lookEveryMs
    this.#loop = new Loop({
      name: 'broadcast',
      everyMs: lookEveryMs,
      clock,
      log,
      turn: () => this.#turn(),
    })
  }

  start(): void {
    this.#loop.start()
  }

  /** A batch of attempts that were recorded. Quick, and does not throw. */
  record(settlements: readonly Settlement[]): void {
    if (!this.#heard) return
    if (this.#waiting.length > waitingMax) {
      // The database does not take them. The number that is left out tells the listeners.
      this.#waiting = []
      this.#sequence++
    }
    for (const settlement of settlements) this.#waiting.push(toAttemptKey(settlement))
    this.#loop.wake()
  }

  /** Tells the rest and says goodbye. Call it when the dispatcher has settled its last. */
  async stop(): Promise<void> {
    await this.#loop.stop()
    if (!this.#heard) return
    await this.#tellLast().catch((err) =>
      this.#ctx.log.debug({ err }, 'listeners could not be told the last attempts'),
    )
  }

  async #tellLast(): Promise<void> {
    if (this.#outbox.length > 0) await this.#tell()
    await this.#tell({ bye: true })
  }

  async #turn(): Promise<boolean> {
    const nowMs = this.#ctx.clock.monotonicMs()
    const due = nowMs - this.#lookedAtMs >= this.#lookEveryMs
    if (due) {
      this.#lookedAtMs = nowMs
      const heard = await this.#look()
      // Whoever listened before and was not seen for a while has missed something: a number is left out.
      if (heard && !this.#heard) this.#sequence++
      if (!heard) this.#waiting = []
      this.#heard = heard
    }
    if (!this.#heard) return false
    if (this.#waiting.length > 0) await this.#ctx.clock.sleep(gatherMs)
    if (due || this.#waiting.length > 0) await this.#tell()
    return this.#waiting.length > 0
  }

  async #look(): Promise<boolean> {
    const [row] = await this.#ctx.database.engine.query(
      (sql) => sql<{ heard: boolean }[]>`
        select exists (select from stream_listeners where lease_until > now() and id <> ${this.#id}) as heard`,
    )
    return row?.heard ?? false
  }

  /**
   * What waits, in as many notifications as it takes; an empty one is a sign of life. What could not be sent is sent again
   * as it was: whoever heard it after all knows it by its number.
   */
  async #tell(last: { bye?: true } = {}): Promise<void> {
    if (this.#outbox.length === 0) this.#fillOutbox(last)
    await this.#ctx.database.engine.query(
      (sql) => sql`
        select pg_notify(${channelOf(this.#ctx.config.schema)}, payload)
        from unnest(${this.#outbox}::text[]) as payload`,
    )
    this.#outbox = []
  }

  #fillOutbox(last: { bye?: true }): void {
    const keys = this.#waiting
    this.#waiting = []
    for (let first = 0; first === 0 || first < keys.length; first += attemptsPerNotification) {
      const attempts = keys.slice(first, first + attemptsPerNotification)
      const isLast = first + attemptsPerNotification >= keys.length
      const sequence = ++this.#sequence
      this.#outbox.push(
        encodeNotification({ from: this.#id, sequence, attempts, ...(isLast ? last : {}) }),
      )
    }
  }
}
