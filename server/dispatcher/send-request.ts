import type { Agent, Dispatcher as UndiciDispatcher } from 'undici'
import type { Outcome } from '../deliveries/index.ts'
import type { Clock } from '../kernel/clock.ts'
import { toOutcome } from './classify-error.ts'

/** Read at most this much of a response, keep at most that much of it. */
const readMax = 16 * 1024
const keepMax = 4 * 1024
/** Answers such as 103 Early Hints that may come before the one that counts. */
const informationalMax = 16
/** Of the whole deadline; a receiver that has not begun to answer by then will not finish either. */
const firstByteShare = 0.9

export interface WebhookRequest {
  origin: string
  path: string
  headers: Record<string, string>
  body: Buffer
  /** From the start of the attempt to the last byte, whatever the receiver does in between. */
  timeoutMs: number
}

export interface WebhookResult {
  outcome: Outcome
  durationMs: number
  /** Null when a connection was there already. */
  connectMs: number | null
  firstByteMs: number | null
  responseHeaders: Record<string, string | string[] | undefined> | null
  responseBody: Buffer
  responseTruncated: boolean
}

class Deadline extends Error {}
class EnoughRead extends Error {}

/** One POST. Never throws: whatever happens is an outcome. Redirects are not followed, bodies not decompressed. */
export function sendRequest(
  agent: Agent,
  clock: Clock,
  request: WebhookRequest,
): Promise<WebhookResult> {
  return new Promise((resolve) => new Exchange(agent, clock, request, resolve).start())
}

class Exchange implements UndiciDispatcher.DispatchHandler {
  readonly #agent: Agent
  readonly #clock: Clock
  readonly #request: WebhookRequest
  readonly #resolve: (result: WebhookResult) => void
  readonly #startedAtMs: number
  #timer: NodeJS.Timeout | undefined
  #controller: UndiciDispatcher.DispatchController | undefined
  #connectMs: number | null = null
  #firstByteMs: number | null = null
  #statusCode = 0
  #headers: WebhookResult['responseHeaders'] = null
  #chunks: Buffer[] = []
  #bytes = 0
  #informational = 0
  #done = false

  constructor(
    agent: Agent,
    clock: Clock,
    request: WebhookRequest,
    resolve: (result: WebhookResult) => void,
  ) {
    this.#agent = agent
    this.#clock = clock
    this.#request = request
    this.#resolve = resolve
    this.#startedAtMs = clock.monotonicMs()
  }

  start(): void {
    const { origin, path, headers, body, timeoutMs } = this.#request
    const firstByteMs = timeoutMs * firstByteShare
    this.#timer = setTimeout(() => this.#expire(`no answer within ${firstByteMs} ms`), firstByteMs)
    try {
      this.#agent.dispatch(
        { origin, path, method: 'POST', headers, body, headersTimeout: 0, bodyTimeout: 0 },
        this,
      )
    } catch (error) {
      this.#finish(toOutcome(error))
    }
  }

  onRequestStart(controller: UndiciDispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#done) controller.abort(new Deadline())
    this.#connectMs = Math.round(this.#elapsedMs()) || null
  }

  onResponseStart(
    controller: UndiciDispatcher.DispatchController,
    statusCode: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (this.#done) return
    // Informational answers promise nothing: only the final one stops the wait for the first byte.
    if (statusCode < 200) {
      if (++this.#informational <= informationalMax) return
      this.#finish({ kind: 'response_invalid', detail: 'more informational answers than are read' })
      controller.abort(new EnoughRead())
      return
    }
    this.#statusCode = statusCode
    this.#headers = headers
    this.#firstByteMs = Math.round(this.#elapsedMs())
    clearTimeout(this.#timer)
    const { timeoutMs } = this.#request
    this.#timer = setTimeout(
      () => this.#expire(`the answer did not end within ${timeoutMs} ms`),
      Math.max(1, timeoutMs - this.#elapsedMs()),
    )
  }

  onResponseData(controller: UndiciDispatcher.DispatchController, chunk: Buffer): void {
    if (this.#bytes < keepMax) this.#chunks.push(chunk)
    this.#bytes += chunk.length
    if (this.#bytes <= readMax) return
    this.#finish(this.#judgeResponse())
    controller.abort(new EnoughRead())
  }

  onResponseEnd(): void {
    this.#finish(this.#judgeResponse())
  }

  onResponseError(_controller: UndiciDispatcher.DispatchController, error: Error): void {
    this.#finish(toOutcome(error))
  }

  #judgeResponse(): Outcome {
    const retryAfter = this.#headers?.['retry-after']
    return {
      kind: 'response',
      statusCode: this.#statusCode,
      retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter,
    }
  }

  #expire(detail: string): void {
    this.#finish({ kind: 'timeout', detail })
    this.#controller?.abort(new Deadline(detail))
  }

  #finish(outcome: Outcome): void {
    if (this.#done) return
    this.#done = true
    clearTimeout(this.#timer)
    const body = Buffer.concat(this.#chunks)
    this.#resolve({
      outcome,
      durationMs: Math.round(this.#elapsedMs()),
      connectMs: this.#connectMs,
      firstByteMs: this.#firstByteMs,
      responseHeaders: this.#headers,
      responseBody: body.subarray(0, keepMax),
      responseTruncated: this.#bytes > keepMax,
    })
  }

  #elapsedMs(): number {
    return this.#clock.monotonicMs() - this.#startedAtMs
  }
}
