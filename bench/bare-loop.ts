import { createHmac, randomUUID } from 'node:crypto'
import { Agent, request } from 'undici'

/** What nobody can beat: sign and POST the same bytes, with no queue, no log and no retry. */
export async function bareLoop(
  url: string,
  body: string,
  count: number,
  concurrency: number,
): Promise<number> {
  const agent = new Agent({ connections: concurrency, pipelining: 1 })
  const key = Buffer.from('a'.repeat(43))
  let left = count
  const startedMs = performance.now()
  async function worker(): Promise<void> {
    while (left-- > 0) {
      const id = randomUUID()
      const timestamp = Math.floor(Date.now() / 1000)
      const signature = createHmac('sha256', key)
        .update(`${id}.${timestamp}.${body}`)
        .digest('base64')
      const response = await request(url, {
        dispatcher: agent,
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(timestamp),
          'webhook-signature': `v1,${signature}`,
        },
      })
      await response.body.dump()
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  const seconds = (performance.now() - startedMs) / 1000
  await agent.destroy()
  return count / seconds
}
