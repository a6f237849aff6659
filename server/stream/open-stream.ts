import type { DeliveryFilter } from '../deliveries/index.ts'
import type { Clock } from '../kernel/clock.ts'
import { isMeant } from './is-meant.ts'
import type { Listener, LiveTail } from './live-tail.ts'
import type { AttemptRing, RingEntry } from './ring.ts'
import type { StreamedAttempt } from './schemas.ts'

/** Written at once; while the client does not read, nothing more is. */
const eventsMax = 100
const reconnectMs = 2000

export interface StreamOptions extends Listener {
  clock: Clock
  filter: DeliveryFilter
  /** Of the last event that the client received. */
  lastEventId: string | undefined
  /** Whether the credential still is what it was; asked at every heartbeat. */
  isAllowed: () => Promise<boolean>
  /** Aborts when the client is gone. */
  signal: AbortSignal
}

/**
 * The live tail for one client, as server-sent events. It reads from the ring when the client does: a slow one costs no
 * memory, and is told of a gap when the ring has gone on without it. @throws stream_limit_reached
 */
export function openStream(tail: LiveTail, options: StreamOptions): ReadableStream<Uint8Array> {
  const client = new StreamClient(tail, tail.join(options), options)
  const ended = new AbortController()
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>({
    start(controller) {
      // Also of a client that does not read, and whose next read would have told.
      ended.signal.addEventListener('abort', () => tail.leave(options), { once: true })
      for (const signal of [options.signal, tail.closing]) {
        const end = (): void => {
          if (!ended.signal.aborted) controller.close()
          ended.abort()
        }
        if (signal.aborted) return end()
        signal.addEventListener('abort', end, { signal: ended.signal })
      }
    },
    async pull(controller) {
      const text = await client.next(ended.signal).catch(() => undefined)
      if (ended.signal.aborted) return
      if (text !== undefined) return controller.enqueue(encoder.encode(text))
      ended.abort()
      controller.close()
    },
    cancel() {
      ended.abort()
    },
  })
}

class StreamClient {
  readonly #tail: LiveTail
  readonly #ring: AttemptRing
  readonly #options: StreamOptions
  #position: number
  #opening: string
  #heartbeatAtMs: number

  constructor(tail: LiveTail, ring: AttemptRing, options: StreamOptions) {
    this.#tail = tail
    this.#ring = ring
    this.#options = options
    const { lastEventId } = options
    const known = lastEventId === undefined ? ring.end : ring.positionAfter(lastEventId)
    this.#position = known ?? ring.end
    const id = ring.idBefore(this.#position)
    this.#opening = `retry: ${reconnectMs}\n${eventText('ready', id, '{}')}`
    if (known === undefined) this.#opening += gapText(id, 'lagged')
    this.#heartbeatAtMs = options.clock.monotonicMs() + tail.limits.heartbeatMs
  }

  /** What to write next; undefined when the stream is over. */
  async next(signal: AbortSignal): Promise<string | undefined> {
    const opening = this.#opening
    this.#opening = ''
    if (opening !== '') return opening
    const { clock, isAllowed } = this.#options
    const { heartbeatMs } = this.#tail.limits
    while (!signal.aborted) {
      const leftMs = this.#heartbeatAtMs - clock.monotonicMs()
      if (leftMs <= 0) {
        if (!(await isAllowed())) return undefined
        this.#heartbeatAtMs = clock.monotonicMs() + heartbeatMs
        // With the id of what was looked through, so that a narrow filter does not fall behind.
        return `: heartbeat\nid: ${this.#ring.idBefore(this.#position)}\n\n${this.#read()}`
      }
      const text = this.#read()
      if (text !== '') return text
      await this.#tail.changed(leftMs, signal)
    }
    return undefined
  }

  #read(): string {
    const { tenant, filter } = this.#options
    const { entries, position, lost } = this.#ring.read(
      this.#position,
      eventsMax,
      (attempt: StreamedAttempt) =>
        (tenant === 'platform' || attempt.organisationId === tenant) && isMeant(filter, attempt),
    )
    const gap = lost ? gapText(this.#ring.idBefore(0), 'lagged') : ''
    this.#position = position
    return gap + entries.map(entryText).join('')
  }
}

function entryText(entry: RingEntry): string {
  return entry.kind === 'gap'
    ? gapText(entry.id, entry.reason)
    : eventText('attempt', entry.id, JSON.stringify(entry.attempt))
}

function gapText(id: string, reason: string): string {
  return eventText('gap', id, JSON.stringify({ reason }))
}

/** JSON has no line breaks of its own, so one `data` line holds it. */
function eventText(event: string, id: string, data: string): string {
  return `event: ${event}\nid: ${id}\ndata: ${data}\n\n`
}
