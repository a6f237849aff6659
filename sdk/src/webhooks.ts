import { WebhookVerificationError as SignatureError, Webhook } from 'standardwebhooks'
import type { AnyEvents, EventCatalogue, WebhookEvent } from './event-catalogue.ts'
import { WebhookVerificationError } from './verification/errors.ts'
import {
  asymmetricSignatures,
  isPublicKey,
  isSignedByAny,
  type PublicKey,
  readPublicKey,
} from './verification/public-key.ts'
import { remoteKeys } from './verification/remote-keys.ts'
import {
  readSigned,
  type SignedRequest,
  signedContent,
  type WebhookRequest,
} from './verification/signed-request.ts'

export type { AnyEvents, EventCatalogue, WebhookEvent } from './event-catalogue.ts'
export { parseEvent, WebhookDataError } from './parse-event.ts'
export { WebhookVerificationError, type WebhookVerificationReason } from './verification/errors.ts'
export type { WebhookHeaders, WebhookRequest } from './verification/signed-request.ts'

/** What a subscription verifies with: a `whsec_…` secret, or the `whpk_…` public key of one that signs with ed25519. */
export interface WebhookKeys {
  /** One, or several while they are being changed. */
  keys?: string | readonly string[]
  /**
   * Where the public keys are: `…/.well-known/jwks.json?subscriptionId=…`. They are fetched when they are needed, kept for five
   * minutes, and fetched again when none fits, so that rotations need nothing to be done.
   */
  jwks?: string | URL
}

/**
 * Checks that a request was sent by Posthorn within the last five minutes and was not changed, and returns its event.
 * The result is a promise for a `Request` of fetch, whose body is read, and with `WebhookKeys`, since public keys are
 * checked by Web Crypto.
 * @param keys the subscription's `whsec_…`, or several while they are being changed; for a promise `whpk_…` as well
 * @throws WebhookVerificationError with the `reason`; TypeError when a key is none, or when the body was parsed or
 * read before: the message names the fix; Error when a `jwks` cannot be fetched
 */
export function verifyWebhook<Catalogue extends EventCatalogue = AnyEvents>(
  request: Request,
  keys: string | readonly string[] | WebhookKeys,
): Promise<WebhookEvent<Catalogue>>
export function verifyWebhook<Catalogue extends EventCatalogue = AnyEvents>(
  request: WebhookRequest,
  keys: WebhookKeys,
): Promise<WebhookEvent<Catalogue>>
export function verifyWebhook<Catalogue extends EventCatalogue = AnyEvents>(
  request: WebhookRequest,
  secret: string | readonly string[],
): WebhookEvent<Catalogue>
export function verifyWebhook<Catalogue extends EventCatalogue>(
  request: Request | WebhookRequest,
  keys: string | readonly string[] | WebhookKeys,
): WebhookEvent<Catalogue> | Promise<WebhookEvent<Catalogue>> {
  const isListed = typeof keys === 'string' || Array.isArray(keys)
  const all = isListed ? { keys } : (keys as WebhookKeys)
  if (request instanceof Request) return verifyRequest(request, all)
  return isListed ? verifyAtOnce(request, all) : verify(request, all)
}

async function verifyRequest<Catalogue extends EventCatalogue>(
  request: Request,
  keys: WebhookKeys,
): Promise<WebhookEvent<Catalogue>> {
  if (request.bodyUsed) {
    throw new TypeError(
      'The body of the Request was read before. Read it once, by `const body = await request.text()`, and pass { headers: request.headers, body }.',
    )
  }
  const body = new Uint8Array(await request.arrayBuffer())
  return verify({ headers: request.headers, body }, keys)
}

function verifyAtOnce<Catalogue extends EventCatalogue>(
  request: WebhookRequest,
  keys: WebhookKeys,
): WebhookEvent<Catalogue> {
  const { webhooks, publicKeys } = sort(keys)
  if (publicKeys.length > 0) {
    throw new TypeError(
      'A public key takes a promise to check: `await verifyWebhook(request, { keys: publicKey })`.',
    )
  }
  const signed = readSigned(request)
  if (!isSignedWithAny(webhooks, signed)) throw mismatch()
  return parse(signed.text) as WebhookEvent<Catalogue>
}

async function verify<Catalogue extends EventCatalogue>(
  request: WebhookRequest,
  keys: WebhookKeys,
): Promise<WebhookEvent<Catalogue>> {
  const { webhooks, publicKeys } = sort(keys)
  const known = await Promise.all(publicKeys.map(readPublicKey))
  const signed = readSigned(request)
  if (!isSignedWithAny(webhooks, signed)) {
    const signatures = asymmetricSignatures(signed.headers['webhook-signature'])
    if (signatures.length === 0) throw mismatch()
    const content = signedContent(signed)
    const isSigned = (candidates: readonly PublicKey[]) =>
      isSignedByAny(candidates, signatures, content)
    const jwks = keys.jwks === undefined ? undefined : String(keys.jwks)
    const isGenuine =
      (await isSigned(known)) || (jwks !== undefined && (await isSignedRemotely(jwks, isSigned)))
    if (!isGenuine) throw mismatch()
  }
  return parse(signed.text) as WebhookEvent<Catalogue>
}

/** By keys that may have changed since they were fetched; those that have not are not tried twice. */
async function isSignedRemotely(
  jwks: string,
  isSigned: (keys: readonly PublicKey[]) => Promise<boolean>,
): Promise<boolean> {
  const kept = await remoteKeys(jwks)
  if (await isSigned(kept)) return true
  const anew = await remoteKeys(jwks, true)
  return anew !== kept && isSigned(anew)
}

/** By their kind, which their own prefix says: a public key must never become the key of an HMAC, which all could forge. */
function sort({ keys = [], jwks }: WebhookKeys): { webhooks: Webhook[]; publicKeys: string[] } {
  const all = typeof keys === 'string' ? [keys] : keys
  if (all.length === 0 && jwks === undefined)
    throw new TypeError('verifyWebhook needs a secret, a public key or the address of a jwks.json.')
  return {
    webhooks: all.filter((key) => !isPublicKey(key)).map(webhookOf),
    publicKeys: all.filter(isPublicKey),
  }
}

function webhookOf(secret: string): Webhook {
  try {
    if (secret.startsWith('whsec_')) return new Webhook(secret)
  } catch {
    // Not with the cause: it could repeat the secret into a log.
  }
  throw new TypeError(
    'The secret is not one of Posthorn: it looks like whsec_… and is base64 after that.',
  )
}

function isSignedWithAny(webhooks: readonly Webhook[], signed: SignedRequest): boolean {
  return webhooks.some((webhook) => isSignedBy(webhook, signed))
}

function isSignedBy(webhook: Webhook, { text, headers }: SignedRequest): boolean {
  try {
    webhook.verify(text, headers, { jsonParse: false })
    return true
  } catch (error) {
    if (error instanceof SignatureError) return false
    throw error
  }
}

function mismatch(): WebhookVerificationError {
  return new WebhookVerificationError(
    'signature_mismatch',
    'No signature fits: the key is that of another subscription, or the body is not the raw one that was sent.',
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new WebhookVerificationError('body_invalid', 'The body is signed, but it is not JSON.')
  }
}
