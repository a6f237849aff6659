import type { Context } from '../context.ts'
import type { Settlement } from '../deliveries/index.ts'
import { newId } from '../kernel/ids.ts'
import { streamErrors } from './errors.ts'
import { RemoteTail } from './remote-tail.ts'
import { AttemptRing, type RingLimits } from './ring.ts'
import type { StreamedAttempt, StreamGap } from './schemas.ts'
import { toStreamedAttempt } from './streamed-attempt.ts'

export interface TailLimits extends RingLimits {
  /** Open at once, in this process and for one credential. */
  streamsMax: number
  streamsPerCredentialMax: number
  /** Whoever may make credentials makes any number of them: others are to find a place as well. */
  streamsPerOrganisationMax: number
  /** How long to go on listening when the last stream has closed: it may come back. */
  lingerMs: number
  /** Between signs of life of a stream; how often its credential is looked at. */
  heartbeatMs: number
}

/** Who listens to a stream. */
export interface Listener {
  credentialId: string
  /** An organisation, or `platform`: all of them. */
  tenant: string
}

const defaults: TailLimits = {
  entriesMax: 10_000,
  bytesMax: 16 * 1024 * 1024,
  streamsMax: 200,
  streamsPerCredentialMax: 10,
  streamsPerOrganisationMax: 50,
  lingerMs: 60_000,
  heartbeatMs: 15_000,
}

/**
 * The attempts of all processes as they are recorded, for the streams that are open in this one. Without a stream it
 * keeps nothing and costs nothing.
 */
export class LiveTail {
  /** Names this process among those that listen. */
  readonly id = newId()
  readonly limits: TailLimits
  readonly #ctx: Context
  readonly #open = new Set<Listener>()
  readonly #waiting = new Set<() => void>()
  readonly #closing = new AbortController()
  #ring: AttemptRing | undefined
  #remote: RemoteTail | undefined
  #cancelLinger: (() => void) | undefined
  #ending: Promise<void> = Promise.resolve()

  constructor(ctx: Context, limits: Partial<TailLimits> = {}) {
    this.#ctx = ctx
    this.limits = { ...defaults, ...limits }
  }

  /** Aborts when the process stops: streams are to end. */
  get closing(): AbortSignal {
    return this.#closing.signal
  }

  /** A batch of attempts that our own dispatcher settled. Quick, and does not throw. */
  record(settlements: readonly Settlement[]): void {
    if (this.#ring === undefined) return
    const nowMs = this.#ctx.clock.now()
    this.#push(settlements.map((settlement) => toStreamedAttempt(settlement, nowMs)))
  }

  /** Begins to listen for a stream; whoever is done calls `leave` with the same. @throws stream_limit_reached */
  join(listener: Listener): AttemptRing {
    if (this.#closing.signal.aborted) throw streamErrors.stream_ended({ retryAfterSeconds: 1 })
    const detail = this.#refusalOf(listener)
    if (detail) throw streamErrors.stream_limit_reached({ detail, retryAfterSeconds: 10 })
    this.#open.add(listener)
    this.#cancelLinger?.()
    this.#cancelLinger = undefined
    this.#ring ??= new AttemptRing(this.limits)
    this.#remote ??= new RemoteTail(this.#ctx, {
      id: this.id,
      onAttempts: (attempts) => this.#push(attempts),
      onGap: () => this.#gap('interrupted'),
    })
    return this.#ring
  }

  leave(listener: Listener): void {
    this.#open.delete(listener)
    if (this.#open.size > 0 || this.#closing.signal.aborted) return
    this.#cancelLinger = this.#ctx.clock.after(this.limits.lingerMs, () =>
      this.#end({ release: false }),
    )
  }

  #refusalOf({ credentialId, tenant }: Listener): string | undefined {
    const { streamsMax, streamsPerCredentialMax, streamsPerOrganisationMax } = this.limits
    const open = [...this.#open]
    if (open.filter((one) => one.credentialId === credentialId).length >= streamsPerCredentialMax)
      return `A credential may have ${streamsPerCredentialMax} of them. Close one first.`
    const own = open.filter((one) => one.tenant === tenant).length
    if (tenant !== 'platform' && own >= streamsPerOrganisationMax)
      return `An organisation may have ${streamsPerOrganisationMax} of them. Close one first.`
    if (open.length < streamsMax) return undefined
    return `This process serves ${streamsMax} of them. Close one first, or try another process.`
  }

  /** Resolves when something was recorded, after `ms`, or when `signal` aborts. */
  changed(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve()
      const end = (): void => {
        cancel()
        this.#waiting.delete(end)
        signal.removeEventListener('abort', end)
        resolve()
      }
      const cancel = this.#ctx.clock.after(ms, end)
      this.#waiting.add(end)
      signal.addEventListener('abort', end)
    })
  }

  /** Ends every stream. Leaves no timer and no connection behind. */
  async close(): Promise<void> {
    this.#closing.abort()
    this.#cancelLinger?.()
    this.#end({ release: true })
    await this.#ending
  }

  #push(attempts: readonly StreamedAttempt[]): void {
    for (const attempt of attempts) this.#ring?.push(attempt)
    this.#wake()
  }

  #gap(reason: StreamGap['reason']): void {
    this.#ring?.pushGap(reason)
    this.#wake()
  }

  #wake(): void {
    for (const end of [...this.#waiting]) end()
  }

  #end(how: { release: boolean }): void {
    const remote = this.#remote
    this.#ring = undefined
    this.#remote = undefined
    if (remote) this.#ending = Promise.all([this.#ending, remote.close(how)]).then(() => undefined)
  }
}
