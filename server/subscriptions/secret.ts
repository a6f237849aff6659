import { randomInt } from 'node:crypto'

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** How long a secret goes on signing after its rotation, unless the rotation says otherwise. */
export const overlapSecondsDefault = 24 * 3600

/**
 * A new signing secret: `whsec_` and the base64 of 43 random base62 characters (256 bits), so that a tool whose
 * HMAC key is text can use the decoded key too. See https://www.standardwebhooks.com.
 */
export function newSecret(): string {
  const text = Array.from({ length: 43 }, () => base62[randomInt(base62.length)]).join('')
  return `whsec_${Buffer.from(text).toString('base64')}`
}

/** The HMAC key that a `whsec_…` secret stands for. */
export function secretKey(secret: string): Buffer {
  return Buffer.from(secret.slice('whsec_'.length), 'base64')
}

/** Standard Webhooks asks for 24 to 64 bytes. */
export function isSecret(value: string): boolean {
  if (!/^whsec_[A-Za-z0-9+/]+={0,2}$/.test(value)) return false
  const { length } = secretKey(value)
  return length >= 24 && length <= 64
}
