import { createHmac, type KeyObject } from 'node:crypto'

/**
 * `webhook-signature` of Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`, one per key, space-separated.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function sign(
  keys: readonly KeyObject[],
  webhookId: string,
  timestampSeconds: number,
  body: Buffer,
): string {
  const signatures = keys.map((key) => {
    const hmac = createHmac('sha256', key).update(`${webhookId}.${timestampSeconds}.`).update(body)
    return `v1,${hmac.digest('base64')}`
  })
  return signatures.join(' ')
}
