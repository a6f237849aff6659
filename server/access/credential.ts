import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'

/**
 * `ph_` for an API key or `pht_` for a portal token, 12 characters that name it, `_`, 43 that prove it, and 6 that are the
 * CRC-32 of all before them, so that a scanner for secrets knows one from a look-alike; all base62. Those that an operator
 * chose (`bootstrapApiKey`), and old ones, have no checksum.
 */
const format = /^((pht?)_[0-9A-Za-z]{12})_([0-9A-Za-z]{43})([0-9A-Za-z]{6})?$/

const checksumLength = 6

const kinds = { ph: 'api_key', pht: 'portal_token' } as const

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** What an API key or a portal token says. */
export interface CredentialParts {
  kind: (typeof kinds)[keyof typeof kinds]
  /** Names it; may be shown. */
  prefix: string
  /** 256 random bits; kept as a digest only. */
  secret: string
}

export interface NewCredential {
  /** The whole of it: leaves the system once. */
  text: string
  prefix: string
  secretDigest: string
}

export function generateCredential(tag: keyof typeof kinds): NewCredential {
  return renewCredential(`${tag}_${randomBase62(12)}`)
}

/** Another secret for what goes by the same prefix. */
export function renewCredential(prefix: string): NewCredential {
  const secret = randomBase62(43)
  const text = `${prefix}_${secret}${checksumOf(`${prefix}_${secret}`)}`
  return { text, prefix, secretDigest: digestSecret(secret) }
}

/** Undefined for anything that is not of this format, or whose checksum is wrong. */
export function parseCredential(text: string): CredentialParts | undefined {
  const [, prefix, tag, secret, checksum] = format.exec(text) ?? []
  if (prefix === undefined || tag === undefined || secret === undefined) return undefined
  if (checksum !== undefined && checksum !== checksumOf(`${prefix}_${secret}`)) return undefined
  return { kind: kinds[tag as keyof typeof kinds], prefix, secret }
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

function checksumOf(text: string): string {
  let rest = crc32(text)
  let checksum = ''
  while (checksum.length < checksumLength) {
    checksum = `${base62[rest % 62]}${checksum}`
    rest = Math.floor(rest / 62)
  }
  return checksum
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
