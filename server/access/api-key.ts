import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** `ph_<12 characters that name the key>_<43 characters that prove it>`, both base62. */
const format = /^(ph_[0-9A-Za-z]{12})_([0-9A-Za-z]{43})$/

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** The two halves of a key. */
export interface ApiKeyParts {
  /** Names the key; may be shown. */
  prefix: string
  /** 256 random bits; kept as a digest only. */
  secret: string
}

export interface NewApiKey {
  /** The whole key: leaves the system once. */
  apiKey: string
  prefix: string
  secretDigest: string
}

export function generateApiKey(): NewApiKey {
  const prefix = `ph_${randomBase62(12)}`
  const secret = randomBase62(43)
  return { apiKey: `${prefix}_${secret}`, prefix, secretDigest: digestSecret(secret) }
}

/** Undefined for anything that is not a key of this format. */
export function parseApiKey(text: string): ApiKeyParts | undefined {
  const [, prefix, secret] = format.exec(text) ?? []
  return prefix === undefined || secret === undefined ? undefined : { prefix, secret }
}

/** A plain hash is enough: nobody can try out 256 random bits, and every request pays for it. */
export function digestSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Takes the same time wherever the two differ. */
export function isSameDigest(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one, 'hex'), Buffer.from(other, 'hex')]
  return a.byteLength === 32 && b.byteLength === 32 && timingSafeEqual(a, b)
}

function randomBase62(length: number): string {
  let text = ''
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      // 248 is the last multiple of 62 below 256: using what lies above would favour some characters.
      if (byte < 248 && text.length < length) text += base62[byte % 62]
    }
  }
  return text
}
