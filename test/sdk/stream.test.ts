import { setTimeout as delay } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { createPosthornClient, type StreamEvent } from '../../sdk/src/index.ts'
import { answerJson, startAnsweringServer } from './answering-server.ts'

const event = (name: string, id: string, data: object) =>
  `event: ${name}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`

async function take(stream: AsyncGenerator<StreamEvent>, count: number): Promise<StreamEvent[]> {
  const events: StreamEvent[] = []
  while (events.length < count) {
    const { value, done } = await stream.next()
    if (done) break
    events.push(value)
  }
  return events
}

test('a stream comes back after the last event when its connection is lost', async () => {
  const { url, seen } = await startAnsweringServer((response, _request, count) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    if (count === 1) {
      response.write(`retry: 2000\n${event('ready', 'a', {})}`)
      // An event in two pieces, then a break in the middle of another.
      const whole = event('attempt', 'b', { deliveryId: '1' })
      response.write(whole.slice(0, 30))
      setTimeout(() => {
        response.write(`${whole.slice(30)}: heartbeat\n\nevent: attempt\nid: c\nda`)
        setTimeout(() => response.socket?.resetAndDestroy(), 20)
      }, 20)
    } else response.write(event('ready', 'b', {}) + event('gap', 'b', { reason: 'lagged' }))
  })
  const client = createPosthornClient({ url, apiKey: 'ph_a', organisationId: 'ours' })
  const stream = client.stream({ status: 'failed' })
  onTestFinished(async () => void (await stream.return()))
  expect(await take(stream, 4)).toEqual([
    { type: 'ready', id: 'a' },
    { type: 'attempt', id: 'b', attempt: { deliveryId: '1' } },
    { type: 'ready', id: 'b' },
    { type: 'gap', id: 'b', reason: 'lagged' },
  ])
  expect(seen.map((request) => [request.url, request.headers['last-event-id']])).toEqual([
    ['/v1/stream?organisationId=ours&status=failed', undefined],
    ['/v1/stream?organisationId=ours&status=failed', 'b'],
  ])
  expect(seen[0]?.headers).toMatchObject({
    accept: 'text/event-stream',
    authorization: 'Bearer ph_a',
  })
})

test('a stream that is refused throws; one that is refused for the moment is tried again', async () => {
  const { url } = await startAnsweringServer((response, _request, count) => {
    if (count === 1) answerJson(response, 503, { code: 'database_unavailable' })
    else answerJson(response, 401, { code: 'credentials_invalid', title: 'x', status: 401 })
  })
  const client = createPosthornClient({ url, apiKey: 'ph_a' })
  await expect(client.stream().next()).rejects.toMatchObject({ code: 'credentials_invalid' })
})

test('aborting ends a stream, and leaving its loop closes the connection', async () => {
  let open = 0
  const { url } = await startAnsweringServer((response) => {
    open++
    response.on('close', () => open--)
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(event('ready', 'a', {}))
  })
  const client = createPosthornClient({ url, apiKey: 'ph_a' })
  const controller = new AbortController()
  const aborted = client.stream({}, { signal: controller.signal, lastEventId: 'z' })
  expect(await take(aborted, 1)).toEqual([{ type: 'ready', id: 'a' }])
  const end = aborted.next()
  controller.abort()
  expect((await end).done).toBe(true)
  for await (const { type } of client.stream()) if (type === 'ready') break
  while (open > 0) await delay(5)
})
