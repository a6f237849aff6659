import { WebhookVerificationError as SignatureError, Webhook } from 'standardwebhooks'
import type { AnyEvents, EventCatalogue, WebhookEvent } from './event-catalogue.ts'

export type { AnyEvents, EventCatalogue, WebhookEvent } from './event-catalogue.ts'
export { parseEvent, WebhookDataError } from './parse-event.ts'

const toleranceSeconds = 300

/** Why a request was not taken for one of Posthorn's. */
export type WebhookVerificationReason =
  | 'headers_missing'
  | 'timestamp_invalid'
  | 'timestamp_too_old'
  | 'timestamp_too_new'
  | 'signature_mismatch'
  | 'body_invalid'

/** The request is not one to trust: answer it with 400 and do nothing else. `message` says why, in full. */
export class WebhookVerificationError extends Error {
  override readonly name = 'WebhookVerificationError'
  readonly reason: WebhookVerificationReason

  constructor(reason: WebhookVerificationReason, message: string) {
    super(message)
    this.reason = reason
  }
}

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

/**
 * Checks that a request was sent by Posthorn within the last five minutes and was not changed, and returns its event.
 * A `Request` of fetch has its body read, so that the result is a promise.
 * @param secret the subscription's `whsec_…`, or several while they are being changed
 * @throws WebhookVerificationError with the `reason`; TypeError when a secret is not one, or when the body was parsed or
 * read before: the message names the fix
 */
export function verifyWebhook<Catalogue extends EventCatalogue = AnyEvents>(
  request: Request,
  secret: string | readonly string[],
): Promise<WebhookEvent<Catalogue>>
export function verifyWebhook<Catalogue extends EventCatalogue = AnyEvents>(
  request: WebhookRequest,
  secret: string | readonly string[],
): WebhookEvent<Catalogue>
export function verifyWebhook<Catalogue extends EventCatalogue>(
  request: Request | WebhookRequest,
  secret: string | readonly string[],
): WebhookEvent<Catalogue> | Promise<WebhookEvent<Catalogue>> {
  return request instanceof Request ? verifyRequest(request, secret) : verify(request, secret)
}

async function verifyRequest<Catalogue extends EventCatalogue>(
  request: Request,
  secret: string | readonly string[],
): Promise<WebhookEvent<Catalogue>> {
  if (request.bodyUsed) {
    throw new TypeError(
      'The body of the Request was read before. Read it once, by `const body = await request.text()`, and pass { headers: request.headers, body }.',
    )
  }
  const body = new Uint8Array(await request.arrayBuffer())
  return verify({ headers: request.headers, body }, secret)
}

function verify<Catalogue extends EventCatalogue>(
  { headers, body }: WebhookRequest,
  secret: string | readonly string[],
): WebhookEvent<Catalogue> {
  const webhooks = (typeof secret === 'string' ? [secret] : secret).map(webhookOf)
  if (webhooks.length === 0) throw new TypeError('verifyWebhook needs a secret.')
  requireRawBody(body)
  const signed = signedHeaders(headers)
  checkTimestamp(signed['webhook-timestamp'])
  // A byte order mark is signed like any other character, so it must not be swallowed.
  const text =
    typeof body === 'string' ? body : new TextDecoder('utf-8', { ignoreBOM: true }).decode(body)
  if (!webhooks.some((webhook) => isSignedBy(webhook, text, signed))) {
    throw new WebhookVerificationError(
      'signature_mismatch',
      'No signature fits: the secret is that of another subscription, or the body is not the raw one that was sent.',
    )
  }
  return parse(text) as WebhookEvent<Catalogue>
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

function webhookOf(secret: string): Webhook {
  try {
    return new Webhook(secret)
  } catch {
    // Not with the cause: it could repeat the secret into a log.
    throw new TypeError(
      'The secret is not one of Posthorn: it looks like whsec_… and is base64 after that.',
    )
  }
}

const headerNames = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const

type SignedHeaders = Record<(typeof headerNames)[number], string>

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

function isSignedBy(webhook: Webhook, text: string, headers: SignedHeaders): boolean {
  try {
    webhook.verify(text, headers, { jsonParse: false })
    return true
  } catch (error) {
    if (error instanceof SignatureError) return false
    throw error
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new WebhookVerificationError('body_invalid', 'The body is signed, but it is not JSON.')
  }
}
