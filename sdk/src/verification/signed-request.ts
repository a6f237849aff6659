import { WebhookVerificationError } from './errors.ts'

const toleranceSeconds = 300

/** Headers as `fetch`, node:http or a serverless function has them; the case of names does not matter. */
export type WebhookHeaders =
  | Headers
  | Readonly<Record<string, string | readonly string[] | undefined>>

/** A request as it came in. */
export interface WebhookRequest {
  headers: WebhookHeaders
  /** The raw body. Parsed and printed again it would have another signature. */
  body: string | Uint8Array
}

const headerNames = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const

export type SignedHeaders = Record<(typeof headerNames)[number], string>

/** A request whose body is raw and whose time is right; whether its signature is, is still to be seen. */
export interface SignedRequest {
  headers: SignedHeaders
  body: string | Uint8Array
  /** The body as text. */
  text: string
}

/** @throws WebhookVerificationError; TypeError when the body is not raw */
export function readSigned({ headers, body }: WebhookRequest): SignedRequest {
  requireRawBody(body)
  const signed = signedHeaders(headers)
  checkTimestamp(signed['webhook-timestamp'])
  // A byte order mark is signed like any other character, so it must not be swallowed.
  const text =
    typeof body === 'string' ? body : new TextDecoder('utf-8', { ignoreBOM: true }).decode(body)
  return { headers: signed, body, text }
}

/** What is signed: `id.timestamp.body`, the bytes that came. */
export function signedContent({ headers, body }: SignedRequest): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder()
  const head = encoder.encode(`${headers['webhook-id']}.${headers['webhook-timestamp']}.`)
  const bytes = typeof body === 'string' ? encoder.encode(body) : new Uint8Array(body)
  const content = new Uint8Array(head.length + bytes.length)
  content.set(head)
  content.set(bytes, head.length)
  return content
}

/** Frameworks parse JSON before a handler sees it, and JavaScript does not hold their types to ours. */
function requireRawBody(body: unknown): void {
  if (typeof body === 'string' || ArrayBuffer.isView(body) || body instanceof ArrayBuffer) return
  const what =
    typeof body === 'object' && body !== null
      ? 'The body was parsed before it was verified'
      : `The body is ${body === null ? 'null' : typeof body}`
  throw new TypeError(
    `${what}, but the signature is one of the raw bytes. Express: put express.raw({ type: 'application/json' }) on this route, before any express.json(); or keep the bytes by express.json({ verify: (req, _res, bytes) => { req.rawBody = bytes } }) and pass { headers: req.headers, body: req.rawBody }. Fastify: a content type parser with { parseAs: 'buffer' }. NestJS: { rawBody: true } and req.rawBody.`,
  )
}

function signedHeaders(headers: WebhookHeaders): SignedHeaders {
  const found: Record<string, string> = {}
  const entries = headers instanceof Headers ? headers.entries() : Object.entries(headers)
  for (const [name, value] of entries) {
    const text = typeof value === 'string' ? value : value?.[0]
    if (text) found[name.toLowerCase()] = text
  }
  const missing = headerNames.filter((name) => !(name in found))
  if (missing.length === 0) return found as SignedHeaders
  throw new WebhookVerificationError('headers_missing', `The request has no ${missing.join(', ')}.`)
}

function checkTimestamp(header: string): void {
  if (!/^\d{1,12}$/.test(header)) {
    throw new WebhookVerificationError(
      'timestamp_invalid',
      'webhook-timestamp is not a number of seconds.',
    )
  }
  const ageSeconds = Math.floor(Date.now() / 1000) - Number(header)
  if (Math.abs(ageSeconds) <= toleranceSeconds) return
  const [reason, what] =
    ageSeconds > 0
      ? (['timestamp_too_old', 'old'] as const)
      : (['timestamp_too_new', 'ahead of this clock'] as const)
  throw new WebhookVerificationError(
    reason,
    `The request is ${Math.abs(ageSeconds)} s ${what}; at most ${toleranceSeconds} s are allowed. Is the clock right?`,
  )
}
