import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createPosthornClient,
  type PosthornClient,
  type PulledDelivery,
} from '../../sdk/src/index.ts'
import { createTestPosthorn, issueEvent, platformKey } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let http: Server
let client: PosthornClient
const organisationId = randomUUID()

async function listen(port = 0): Promise<number> {
  http = createServer(server.posthorn.node)
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve))
  return (http.address() as AddressInfo).port
}

async function hangUp(): Promise<void> {
  const closed = new Promise((resolve) => http.close(resolve))
  http.closeAllConnections()
  await closed
}

beforeAll(async () => {
  server = await createTestPosthorn()
  await server.posthorn.dispatcher.start()
  client = createPosthornClient({
    url: `http://127.0.0.1:${await listen()}`,
    apiKey: platformKey,
    organisationId,
  })
})

afterAll(async () => {
  await hangUp()
  await server.close()
})

async function subscribe(more = {}) {
  const entityIds = [randomUUID(), randomUUID()] as const
  const { id } = await client.subscriptions.create({
    mode: 'pull',
    entityIds: [...entityIds],
    ...more,
  })
  const post = (entityId: string, n: number) =>
    client.emit(issueEvent({ entityId, organisationId, data: { from: 'a', to: 'b', n } }) as never)
  return { id, entityIds, post }
}

const numberOf = ({ event }: PulledDelivery) => event.data['n'] as number

/** Consumes until `count` were handled. */
async function consume(
  id: string,
  count: number,
  handle: (one: PulledDelivery) => void,
  more = {},
) {
  const ended = new AbortController()
  let handled = 0
  const options = { signal: ended.signal, waitSeconds: 1, ...more }
  await client.subscriptions.consume(
    id,
    (one) => {
      if (++handled >= count) ended.abort()
      handle(one)
    },
    options,
  )
}

test('a consumer gets each event once, and stops when it is told to, giving back the rest', async () => {
  const { id, entityIds, post } = await subscribe()
  for (let n = 0; n < 10; n++) await post(entityIds[0], n)
  const seen: number[] = []
  await consume(id, 4, (one) => seen.push(numberOf(one)))
  expect(seen).toHaveLength(4)
  await consume(id, 6, (one) => seen.push(numberOf(one)))
  expect(seen.sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  expect(await client.subscriptions.pullState(id)).toMatchObject({ waiting: 0, leased: 0 })
})

test('what a handler throws is the failure in the log, and nothing of the entity overtakes it', async () => {
  const { id, entityIds, post } = await subscribe({
    ordering: 'entity',
    retry: { scheduleSeconds: [1, 1, 1] },
  })
  for (const n of [1, 2, 3]) await post(entityIds[0], n)
  await post(entityIds[1], 10)
  const seen: number[] = []
  let failed: string | undefined
  await consume(id, 5, (one) => {
    if (numberOf(one) === 2 && failed === undefined) {
      failed = one.id
      throw new Error('no room')
    }
    seen.push(numberOf(one))
  })
  expect(seen.filter((n) => n < 10)).toEqual([1, 2, 3])
  expect(seen).toContain(10)
  const { data } = await client.deliveries.attempts(failed ?? '')
  expect(data).toMatchObject([
    { outcome: 'rejected', error: 'Error: no room' },
    { outcome: 'succeeded' },
  ])
})

test('a consumer goes on when the server comes back', async () => {
  const { id, entityIds, post } = await subscribe()
  await post(entityIds[0], 1)
  const { port } = http.address() as AddressInfo
  const seen: number[] = []
  let lost = 0
  const consuming = consume(id, 2, (one) => seen.push(numberOf(one)), {
    onDisconnect: () => lost++,
  })
  await expect.poll(() => seen).toEqual([1])
  await hangUp()
  await expect.poll(() => lost).toBeGreaterThan(0)
  await listen(port)
  await post(entityIds[0], 2)
  await consuming
  expect(seen).toEqual([1, 2])
})

test('a consumer of what is not pulled is told so', async () => {
  const { id } = await client.subscriptions.create({ url: 'https://example.com/' })
  await expect(client.subscriptions.consume(id, () => undefined)).rejects.toMatchObject({
    code: 'subscription_not_pulled',
  })
})
