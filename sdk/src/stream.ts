import { type EventSourceMessage, EventSourceParserStream } from 'eventsource-parser/stream'
import { toApiError } from './api-error.ts'
import type { StreamAttemptsData, StreamedAttempt, StreamGap } from './generated/types.gen.ts'
import type { QueryOf } from './page.ts'
import { isConnectionError, type OpenResponse } from './request.ts'
import { isTransient, retryDelayMs } from './retry.ts'
import { sleep } from './sleep.ts'

/** A comment comes every 15 s; after this long without anything the connection is taken for dead. */
const silenceMaxMs = 45_000
const reconnectMs = 2000
const delayMaxMs = 30_000

/** The filter of a stream: that of `deliveries.list`. */
export type StreamQuery = Omit<QueryOf<StreamAttemptsData>, 'lastEventId'>

export interface StreamOptions {
  /** Ends the stream. */
  signal?: AbortSignal
  /** Go on after this event. */
  lastEventId?: string
  /** Told each time the connection is lost, before it is made again. */
  onDisconnect?: () => void
}

/** What a stream tells. `id` is what to come back with. */
export type StreamEvent =
  /** First, and after each reconnection: from here on everything is told. */
  | { type: 'ready'; id: string }
  | { type: 'attempt'; id: string; attempt: StreamedAttempt }
  /** Some may be missing: read the list again. */
  | { type: 'gap'; id: string; reason: StreamGap['reason'] }

/**
 * Attempts as they are recorded. When the connection is lost it comes back by itself, after the last event; it ends when
 * `signal` aborts or the caller leaves the loop. @throws PosthornApiError when the server refuses
 */
export async function* streamAttempts(
  open: OpenResponse,
  query: StreamQuery,
  { signal, lastEventId, onDisconnect }: StreamOptions = {},
): AsyncGenerator<StreamEvent, void, undefined> {
  let last = lastEventId
  let failures = 0
  while (!signal?.aborted) {
    const connection = new Connection(signal)
    let delayMs = reconnectMs
    try {
      const response = await connection.open(open, query, last)
      if (response.ok) {
        for await (const message of connection.read(response)) {
          failures = 0
          last = message.id ?? last
          const event = toEvent(message)
          if (event) yield event
        }
      } else {
        if (!isTransient(response.status)) throw await toApiError(response)
        await response.body?.cancel()
        delayMs = retryDelayMs(++failures, response.headers.get('retry-after')) ?? delayMaxMs
      }
    } catch (error) {
      if (signal?.aborted) return
      if (!isConnectionError(error)) throw error
      delayMs = retryDelayMs(++failures, null) ?? delayMaxMs
    } finally {
      connection.close()
    }
    if (!signal?.aborted) onDisconnect?.()
    await sleep(delayMs, signal)
  }
}

/** One request, given up when nothing was heard for too long. */
class Connection {
  readonly #ended = new AbortController()
  readonly #signal: AbortSignal
  #watchdog: ReturnType<typeof setTimeout> | undefined

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal ? AbortSignal.any([signal, this.#ended.signal]) : this.#ended.signal
  }

  open(open: OpenResponse, query: StreamQuery, lastEventId: string | undefined): Promise<Response> {
    this.#heard()
    return open({
      method: 'GET',
      path: '/v1/stream',
      query,
      headers: {
        accept: 'text/event-stream',
        ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
      },
      signal: this.#signal,
    })
  }

  async *read(response: Response): AsyncGenerator<EventSourceMessage, void, undefined> {
    if (!response.body) return
    const watched = new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        this.#heard()
        controller.enqueue(chunk)
      },
    })
    const reader = response.body
      .pipeThrough(watched)
      .pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)
      .pipeThrough(new EventSourceParserStream())
      .getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  }

  close(): void {
    clearTimeout(this.#watchdog)
    this.#ended.abort()
  }

  #heard(): void {
    clearTimeout(this.#watchdog)
    const reason = new DOMException(`Nothing was heard for ${silenceMaxMs} ms`, 'TimeoutError')
    this.#watchdog = setTimeout(() => this.#ended.abort(reason), silenceMaxMs)
  }
}

/** Kinds of events that a later server may add are left out. */
function toEvent({ event, id = '', data }: EventSourceMessage): StreamEvent | undefined {
  switch (event) {
    case 'ready':
      return { type: 'ready', id }
    case 'attempt':
      return { type: 'attempt', id, attempt: JSON.parse(data) as StreamedAttempt }
    case 'gap':
      return { type: 'gap', id, reason: (JSON.parse(data) as StreamGap).reason }
    default:
      return undefined
  }
}
