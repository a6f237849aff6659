import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createPosthorn, type Posthorn } from '../../server/index.ts'
import { createTestPosthorn, issueEvent, platformKey } from '../support/create-test-posthorn.ts'
import { encryptionKeys } from '../support/encryption-keys.ts'
import { readEvents } from '../support/event-stream.ts'
import { behaviours, type Receiver, startReceiver } from '../support/receiver.ts'

// `server` sends, `watcher` is another process's Posthorn on the same database and only serves the API.
let server: Awaited<ReturnType<typeof createTestPosthorn>>
let watcher: Posthorn
let receiver: Receiver
let sql: postgres.Sql
const opened: ReturnType<typeof readEvents>[] = []

beforeAll(async () => {
  receiver = await startReceiver()
  server = await createTestPosthorn({ dispatcher: { retryScheduleSeconds: [1] } })
  watcher = createPosthorn({ database: server.databaseUrl, encryptionKeys, consoleDir: false })
  sql = postgres(server.databaseUrl, { max: 1 })
  await server.posthorn.dispatcher.start()
})

afterEach(async () => {
  await Promise.all(opened.splice(0).map((events) => events.cancel()))
})

afterAll(async () => {
  await sql?.end()
  await watcher?.close()
  await server?.close()
  await receiver?.close()
})

async function watch(posthorn: Posthorn, query: string, key = platformKey) {
  const response = await posthorn.fetch(
    new Request(`http://posthorn.test/v1/stream${query}`, {
      headers: { authorization: `Bearer ${key}` },
    }),
  )
  expect(response.headers.get('content-type')).toMatch('text/event-stream')
  const events = readEvents(response.body as ReadableStream<Uint8Array>)
  opened.push(events)
  await events.nextOf('ready')
  return events
}

async function createOrganisation() {
  const { organisationId, key } = await server.createOrganisation()
  return {
    organisationId,
    key,
    async subscribe(path: string) {
      const body = { url: receiver.url(path) }
      return (await server.call('POST', '/v1/subscriptions', { key, body })).body.id as string
    },
    async post() {
      return (await server.call('POST', '/v1/events', { key, body: issueEvent() })).body
        .id as string
    },
  }
}

/**
 * The dispatcher tells others only once it has seen that somebody listens, and is heard for the first time then: a gap.
 * A process goes on listening for a minute, so this is so only for the first stream.
 */
const introduced = (events: ReturnType<typeof readEvents>) => events.nextOf('gap')

test('every attempt is told as the log has it, also by the process that did not make it', async () => {
  const own = await createOrganisation()
  const other = await createOrganisation()
  await own.subscribe('/flaky')
  await other.subscribe('/others')
  receiver.behave('/flaky', behaviours.failFirst(1, 500))
  const streams = [
    await watch(server.posthorn, '', own.key),
    await watch(watcher, '', own.key),
    await watch(watcher, `?organisationId=${own.organisationId}`),
  ]
  await introduced(streams[1] as (typeof streams)[0])
  await introduced(streams[2] as (typeof streams)[0])
  await other.post()
  const eventId = await own.post()
  for (const events of streams) {
    const first = await events.nextOf('attempt')
    const second = await events.nextOf('attempt')
    const { body: listed } = await server.call('GET', `/v1/deliveries/${second.data.deliveryId}`, {
      key: own.key,
    })
    const { body: attempts } = await server.call(
      'GET',
      `/v1/deliveries/${second.data.deliveryId}/attempts`,
      { key: own.key },
    )
    expect(first.data).toMatchObject({
      eventId,
      organisationId: own.organisationId,
      number: 1,
      outcome: 'http_status',
      statusCode: 500,
      status: 'pending',
      finishedAt: null,
      nextAttemptAt: expect.any(String),
    })
    const { id: deliveryId, attempts: number, ...delivery } = listed
    expect(second.data).toMatchObject({
      deliveryId,
      number,
      startedAt: attempts.data[1].startedAt,
      durationMs: attempts.data[1].durationMs,
      outcome: attempts.data[1].outcome,
      status: 'succeeded',
      nextAttemptAt: null,
    })
    for (const name of [
      'eventId',
      'subscriptionId',
      'eventType',
      'entityType',
      'entityId',
      'createdAt',
      'trigger',
    ]) {
      expect(second.data[name], name).toBe(delivery[name])
    }
  }
})

test('what was told while the connection was lost is a gap, and what comes after it is told', async () => {
  const own = await createOrganisation()
  const subscriptionId = await own.subscribe('/terminated')
  const events = await watch(watcher, `?subscriptionId=${subscriptionId}`)
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'posthorn stream'
    and datname = current_database()`
  expect((await events.nextOf('gap')).data).toEqual({ reason: 'interrupted' })
  const eventId = await own.post()
  expect((await events.nextOf('attempt')).data.eventId).toBe(eventId)
})

test('dispatchers that stop say goodbye, and nothing is told to nobody', async () => {
  const own = await createOrganisation()
  await own.subscribe('/goodbye')
  const events = await watch(watcher, '', own.key)
  const eventId = await own.post()
  await receiver.waitFor(1, { path: '/goodbye' })
  await server.posthorn.dispatcher.stop()
  // Settled by the last batch, told before it went.
  expect((await events.nextOf('attempt')).data.eventId).toBe(eventId)
  await server.posthorn.dispatcher.start()
  await introduced(events)
})

test('a stream works over HTTP, and its place is free when the client hangs up', async () => {
  const { key } = await createOrganisation()
  const http = createServer(server.posthorn.node)
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo
  const request = (signal?: AbortSignal) =>
    fetch(`http://127.0.0.1:${port}/v1/stream`, {
      headers: { authorization: `Bearer ${key}` },
      ...(signal && { signal }),
    })
  const hangUp = new AbortController()
  for (let stream = 0; stream < 10; stream++) {
    const response = await request(hangUp.signal)
    const events = readEvents(response.body as ReadableStream<Uint8Array>)
    await events.nextOf('ready')
  }
  const refused = await request()
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10'])
  expect(await refused.json()).toMatchObject({ code: 'stream_limit_reached' })
  hangUp.abort()
  for (;;) {
    const again = await request()
    await again.body?.cancel()
    if (again.status === 200) break
    await delay(10)
  }
  http.closeAllConnections()
  http.close()
})

test('a stream needs the scope, keeps to its organisation, and refuses a filter that it does not know', async () => {
  const own = await createOrganisation()
  const other = await createOrganisation()
  const { key } = await server.createOrganisation(['events:read'])
  const answers = [
    await server.call('GET', '/v1/stream', { key }),
    await server.call('GET', `/v1/stream?organisationId=${other.organisationId}`, { key: own.key }),
    await server.call('GET', '/v1/stream?colour=red', { key: own.key }),
  ]
  expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
    [403, 'scope_missing'],
    [404, 'not_found'],
    [422, 'validation_failed'],
  ])
})
