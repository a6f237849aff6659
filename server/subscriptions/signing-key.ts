import { createSecretKey, type KeyObject } from 'node:crypto'
import { isPrivate, privateKeyOf, publicKeyOf } from './key-pair.ts'
import { isSecret, secretKey } from './secret.ts'
import type { SubscriptionRow } from './subscription-row.ts'

/** What requests are signed with: an HMAC secret, or a private key of ed25519. */
export interface SigningKey {
  key: KeyObject
  /** `whpk_…`, for receivers; null of an HMAC secret. */
  publicKey: string | null
  /** When it stops signing; infinite for the current one. */
  expiresAtMs: number
}

/** The current key, and after it those before. @throws Error when one of them is none */
export function signingKeysOf(row: SubscriptionRow): SigningKey[] {
  if (row.signing !== (isPrivate(row.secret) ? 'ed25519' : 'hmac'))
    throw new Error(`Its secret is not one for its signing, ${row.signing}.`)
  const previous = row.previousSecrets.map(({ secret, expiresAt }) =>
    signingKeyOf(secret, Date.parse(expiresAt)),
  )
  return [signingKeyOf(row.secret, Number.POSITIVE_INFINITY), ...previous]
}

/** Whether it is a key at all. */
export function canSign(secret: string): boolean {
  return isSecret(secret) || privateKeyOf(secret) !== undefined
}

function signingKeyOf(secret: string, expiresAtMs: number): SigningKey {
  if (isSecret(secret))
    return { key: createSecretKey(secretKey(secret)), publicKey: null, expiresAtMs }
  const key = privateKeyOf(secret)
  if (!key) throw new Error('Its secret is not whsec_ or whsk_ and base64 of a key.')
  return { key, publicKey: publicKeyOf(secret), expiresAtMs }
}
