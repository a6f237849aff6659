import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto'

const [privatePrefix, publicPrefix] = ['whsk_', 'whpk_']
const seedBytes = 32

/** A public key as RFC 8037 writes it; `kid` is its thumbprint by RFC 7638. */
export interface PublicJwk {
  kty: 'OKP'
  crv: 'Ed25519'
  x: string
  kid: string
  use: 'sig'
  alg: 'EdDSA'
}

/** A new ed25519 key pair: `whsk_` and the base64 of seed and public key, 64 bytes, as Standard Webhooks writes it. */
export function newKeyPair(): string {
  const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  const bytes = Buffer.concat([Buffer.from(d, 'base64url'), Buffer.from(x, 'base64url')])
  return privatePrefix + bytes.toString('base64')
}

/** Whether a text is meant as a private key, and so is never shown, whatever else is wrong with it. */
export function isPrivate(text: string): boolean {
  return text.startsWith(privatePrefix)
}

/** The key to sign with; undefined when the text is not a key pair whose halves belong together. */
export function privateKeyOf(text: string): KeyObject | undefined {
  if (!/^whsk_[A-Za-z0-9+/]{86}==$/.test(text)) return undefined
  const bytes = Buffer.from(text.slice(privatePrefix.length), 'base64')
  const d = bytes.toString('base64url', 0, seedBytes)
  const x = bytes.toString('base64url', seedBytes)
  const key = createPrivateKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', d, x } })
  // OpenSSL goes by the seed alone; what it signs would not verify by another public key.
  return createPublicKey(key).export({ format: 'jwk' }).x === x ? key : undefined
}

/** The public half, `whpk_` and base64, of a key pair; null for what is none. */
export function publicKeyOf(text: string): string | null {
  if (!isPrivate(text)) return null
  const bytes = Buffer.from(text.slice(privatePrefix.length), 'base64')
  return publicPrefix + bytes.subarray(seedBytes).toString('base64')
}

export function toJwk(publicKey: string): PublicJwk {
  const x = Buffer.from(publicKey.slice(publicPrefix.length), 'base64').toString('base64url')
  const [kty, crv] = ['OKP', 'Ed25519'] as const
  // Its members in the order of the alphabet, without spaces: RFC 7638 §3.
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url')
  return { kty, crv, x, kid, use: 'sig', alg: 'EdDSA' }
}
