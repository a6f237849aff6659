import { createHmac, type KeyObject, sign as signBytes } from 'node:crypto'

/**
 * `webhook-signature` of Standard Webhooks over `id.timestamp.body`, one per key, space-separated: `v1`, HMAC-SHA256, by a
 * secret key, and `v1a`, ed25519, by a private one.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function sign(
  keys: readonly KeyObject[],
  webhookId: string,
  timestampSeconds: number,
  body: Buffer,
): string {
  const head = `${webhookId}.${timestampSeconds}.`
  const signatures = keys.map((key) => {
    if (key.type === 'private') {
      const signature = signBytes(null, Buffer.concat([Buffer.from(head), body]), key)
      return `v1a,${signature.toString('base64')}`
    }
    return `v1,${createHmac('sha256', key).update(head).update(body).digest('base64')}`
  })
  return signatures.join(' ')
}
