import type { Context } from '../context.ts'
import { ChannelListener } from '../database/listen.ts'
import { Loop } from '../kernel/loop.ts'
import { type AttemptKey, channelOf, decodeNotification } from './notification.ts'
import { readAttempts } from './read-attempts.ts'
import type { StreamedAttempt } from './schemas.ts'
import { Sequences } from './sequences.ts'

const renewEveryMs = 2000
const leaseMs = 8000
const waitingMax = 5000
const readMax = 500

export interface RemoteTailOptions {
  /** Ours as a listener, and what our own dispatcher tells under. */
  id: string
  onAttempts: (attempts: readonly StreamedAttempt[]) => void
  /** Some may be missing. */
  onGap: () => void
}

/** Hears what dispatchers of other processes settle: keeps a lease that makes them tell, listens, and reads the rows. */
export class RemoteTail {
  readonly #ctx: Context
  readonly #options: RemoteTailOptions
  readonly #sequences = new Sequences()
  readonly #listener: ChannelListener
  readonly #lease: Loop
  #connected = false
  #waiting: AttemptKey[] = []
  #reading: Promise<void> | undefined
  #closed = false

  constructor(ctx: Context, options: RemoteTailOptions) {
    const { clock, log, config } = ctx
    this.#ctx = ctx
    this.#options = options
    this.#lease = new Loop({
      name: 'stream lease',
      everyMs: renewEveryMs,
      clock,
      log,
      turn: () => this.#renew(),
    })
    this.#listener = new ChannelListener({
      url: config.database,
      applicationName: 'posthorn stream',
      channel: channelOf(config.schema),
      onConnected: () => this.#onConnected(),
      onMessage: (payload) => this.#hear(payload),
      log,
    })
  }

  /** With `release` dispatchers stop to tell at once; without it another one may take over the lease, or it runs out. */
  async close({ release }: { release: boolean }): Promise<void> {
    this.#closed = true
    this.#waiting = []
    await Promise.all([this.#listener.close(), this.#lease.stop()])
    await this.#reading
    if (!release || !this.#connected) return
    await this.#ctx.database.engine
      .query((sql) => sql`delete from stream_listeners where id = ${this.#options.id}`)
      .catch((err) => this.#ctx.log.debug({ err }, 'the lease of a listener was left to run out'))
  }

  /** Only now may others begin to tell. */
  #onConnected(): void {
    if (this.#connected) {
      this.#sequences.reconnected(this.#ctx.clock.monotonicMs())
      this.#options.onGap()
    }
    this.#connected = true
    this.#lease.start()
  }

  async #renew(): Promise<boolean> {
    if (this.#sequences.forgetSilent(this.#ctx.clock.monotonicMs())) this.#options.onGap()
    await this.#ctx.database.engine.query(
      (sql) => sql`
        with gone as (delete from stream_listeners where lease_until < now() - interval '1 minute')
        insert into stream_listeners (id, lease_until)
        values (${this.#options.id}, now() + ${leaseMs} * interval '1 millisecond')
        on conflict (id) do update set lease_until = excluded.lease_until`,
    )
    return false
  }

  #hear(payload: string): void {
    const notification = decodeNotification(payload)
    if (notification === undefined || notification.from === this.#options.id) return
    const { from, sequence, attempts, bye } = notification
    const hearing = this.#sequences.hear(from, sequence, this.#ctx.clock.monotonicMs())
    if (hearing === 'repeated') return
    if (hearing === 'after_gap') this.#options.onGap()
    if (bye) this.#sequences.forget(from)
    if (this.#waiting.length + attempts.length > waitingMax) {
      this.#waiting = []
      this.#options.onGap()
    }
    this.#waiting.push(...attempts)
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined
    })
  }

  async #read(): Promise<void> {
    while (this.#waiting.length > 0 && !this.#closed) {
      const keys = this.#waiting.splice(0, readMax)
      try {
        const attempts = await readAttempts(this.#ctx.database.engine, keys)
        if (!this.#closed) this.#options.onAttempts(attempts)
      } catch (err) {
        this.#ctx.log.warn({ err }, 'attempts of other processes could not be read')
        if (!this.#closed) this.#options.onGap()
      }
    }
  }
}
