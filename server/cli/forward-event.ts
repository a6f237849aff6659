import type { KeyObject } from 'node:crypto'
import { request } from 'undici'
import { requestHeaders, sign, webhookBody } from '../deliveries/index.ts'
import type { Clock } from '../kernel/clock.ts'
import { jsonbText } from '../kernel/jsonb-text.ts'
import type { FollowedEvent } from './follow-events.ts'

/** What became of one event at the local URL. */
export interface Forwarded {
  /** What was sent. */
  body: string
  /** Null when there was no answer. */
  statusCode: number | null
  /** Why there was no answer. */
  error: string | null
  durationMs: number
  responseBody: string
}

export interface Target {
  url: string
  key: KeyObject
  clock: Clock
  signal: AbortSignal
}

/** As long as a delivery may take by default. */
const timeoutMs = 20_000

/** Posts an event to a URL of this machine, signed and written as the server does. Does not throw. */
export async function forwardEvent(event: FollowedEvent, target: Target): Promise<Forwarded> {
  const { url, key, clock } = target
  const body = bodyOf(event)
  const bytes = Buffer.from(body)
  const timestampSeconds = Math.floor(clock.now() / 1000)
  const signature = sign([key], event.id, timestampSeconds, bytes)
  const startedAtMs = clock.monotonicMs()
  const sent = await request(url, {
    method: 'POST',
    headers: requestHeaders({ webhookId: event.id, timestampSeconds, signature, headers: {} }),
    body: bytes,
    signal: AbortSignal.any([target.signal, AbortSignal.timeout(timeoutMs)]),
  })
    .then(async (response) => ({
      statusCode: response.statusCode,
      error: null,
      responseBody: await response.body.text(),
    }))
    .catch((error: unknown) => ({
      statusCode: null,
      error: reasonOf(error),
      responseBody: '',
    }))
  return { body, ...sent, durationMs: Math.round(clock.monotonicMs() - startedAtMs) }
}

/**
 * The bytes of a delivery. Only where Postgres alone knows how it prints `data` (keys beyond ASCII, numbers beyond
 * plain decimals) it is the same JSON with other spaces.
 */
function bodyOf(event: FollowedEvent): string {
  const { data } = event
  return webhookBody({ ...event, dataJson: jsonbText(data) ?? JSON.stringify(data) })
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`
  // A name with several addresses fails with one error for all of them, which has no text of its own.
  return error.message || ('code' in error ? String(error.code) : error.name)
}
