import { createHmac, timingSafeEqual } from 'node:crypto'

// Not by @posthorn/sdk: n8n verifies only community nodes that have no dependencies.

const toleranceSeconds = 300

/** Why a request was not taken for one of Posthorn's. */
export type Refusal =
  | 'headers_missing'
  | 'timestamp_invalid'
  | 'timestamp_too_old'
  | 'timestamp_too_new'
  | 'signature_mismatch'
  | 'secret_missing'

/** As node:http has them, in lower case. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>

/** Null when the raw body was signed with the `whsec_…` secret within the last five minutes. */
export function verifySignature(
  headers: Headers,
  body: Uint8Array,
  secret: string,
  nowMs: number,
): Refusal | null {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  // Anybody could sign with an empty key.
  if (key.length === 0) return 'secret_missing'
  const id = headers['webhook-id']
  const timestamp = headers['webhook-timestamp']
  const signatures = headers['webhook-signature']
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string') {
    return 'headers_missing'
  }
  if (!/^\d{1,12}$/.test(timestamp)) return 'timestamp_invalid'
  const ageSeconds = Math.floor(nowMs / 1000) - Number(timestamp)
  if (ageSeconds > toleranceSeconds) return 'timestamp_too_old'
  if (ageSeconds < -toleranceSeconds) return 'timestamp_too_new'
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest()
  // Several while the secret is being changed.
  const fits = signatures.split(' ').some((signature) => {
    const given = Buffer.from(signature.replace(/^v1,/, ''), 'base64')
    return signature.startsWith('v1,') && given.length === 32 && timingSafeEqual(given, expected)
  })
  return fits ? null : 'signature_mismatch'
}
