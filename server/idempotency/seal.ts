import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const cipher = 'aes-256-gcm'
const ivBytes = 12
const tagBytes = 16

/** Encrypts a text so that only who has `token` can read it: not who has the database. `name` ties it to its row. */
export function seal(text: string, token: string, name: string): Buffer {
  const iv = randomBytes(ivBytes)
  const sealing = createCipheriv(cipher, keyOf(token, name), iv)
  const sealed = Buffer.concat([sealing.update(text, 'utf8'), sealing.final()])
  return Buffer.concat([iv, sealing.getAuthTag(), sealed])
}

/** What was sealed; undefined with another token. */
export function unseal(bytes: Uint8Array, token: string, name: string): string | undefined {
  const options = { authTagLength: tagBytes }
  const opening = createDecipheriv(cipher, keyOf(token, name), bytes.subarray(0, ivBytes), options)
  opening.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
  try {
    const text = opening.update(bytes.subarray(ivBytes + tagBytes))
    return Buffer.concat([text, opening.final()]).toString('utf8')
  } catch {
    return undefined
  }
}

function keyOf(token: string, name: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', token, name, 'posthorn idempotent answer', 32))
}
