import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectDatabase, type Database } from '../../server/database/database.ts'
import { newId } from '../../server/kernel/ids.ts'
import { silentLogger } from '../../server/kernel/logger.ts'
import { version } from '../../server/kernel/version.ts'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'
import { behaviours, type Receiver, startReceiver } from '../support/receiver.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let receiver: Receiver
let db: Database

beforeAll(async () => {
  receiver = await startReceiver()
  server = await createTestPosthorn({
    dispatcher: { probeAfterMs: 60_000 },
    encryptionKeys: [`k1:${Buffer.alloc(32, 7).toString('base64')}`],
  })
  db = connectDatabase({
    url: server.databaseUrl,
    schema: 'posthorn',
    applicationName: 'system test',
    maxConnections: 1,
    log: silentLogger,
  })
})

afterAll(async () => {
  await db.close()
  await server.close()
  await receiver.close()
})

interface Seen {
  dispatchers: unknown[]
  unownedBuckets: number[]
  resting: { subscriptionId: string }[]
  queue: { pending: number }
}

/** The answer is up to a second old, so it is asked for until it is as expected. */
async function system(isAsExpected: (seen: Seen) => boolean) {
  for (;;) {
    const { status, body } = await server.call('GET', '/v1/system')
    expect(status).toBe(200)
    if (isAsExpected(body)) return body
  }
}

async function subscribe(path: string) {
  const { organisationId, key } = await server.createOrganisation()
  const body = { url: receiver.url(path) }
  const { id } = (await server.call('POST', '/v1/subscriptions', { key, body })).body
  const post = () => server.call('POST', '/v1/events', { key, body: issueEvent() })
  return { organisationId, key, id: id as string, url: body.url, post }
}

test('an operator sees who dispatches and what nobody does, and of this process what it is', async () => {
  const before = await system(() => true)
  expect(before.process).toMatchObject({ version, pid: process.pid, role: 'api' })
  expect(before.dispatchers).toEqual([])
  expect(before.unownedBuckets).toHaveLength(64)
  await server.posthorn.dispatcher.start()
  const seen = await system(({ unownedBuckets }) => unownedBuckets.length === 0)
  expect(seen.process.role).toBe('all')
  expect(seen.dispatchers).toMatchObject([{ pid: process.pid, alive: true, here: true }])
  expect(seen.dispatchers[0].buckets).toEqual(Array.from({ length: 64 }, (_, bucket) => bucket))
  expect(seen.dispatchers[0].host).not.toContain('/')
  await db.query(
    (sql) => sql`insert into dispatchers (id, host, pid, lease_until)
      values (${newId()}, 'elsewhere/boot/ns', 7, now() + interval '1 hour')`,
  )
  const two = await system(({ dispatchers }) => dispatchers.length === 2)
  expect(two.dispatchers[1]).toMatchObject({ host: 'elsewhere', pid: 7, alive: true, here: false })
  await db.query((sql) => sql`delete from dispatchers where pid = 7`)
})

test('a subscription whose receiver is down is seen to rest, and until when', async () => {
  receiver.behave('/down', behaviours.status(503))
  const down = await subscribe('/down')
  for (let number = 0; number < 12; number++) await down.post()
  const seen = await system(({ resting }) => resting.length > 0)
  expect(seen.resting).toMatchObject([{ subscriptionId: down.id, breaker: 'open' }])
  expect(Date.parse(seen.resting[0].restsUntil)).toBeGreaterThan(Date.now())
  await server.posthorn.dispatcher.stop()
  expect((await system(({ resting }) => resting.length === 0)).process.role).toBe('api')
})

test('the subscriptions that most waits for are named, the most first', async () => {
  await db.query((sql) => sql`truncate delivery_queue`)
  const [few, many] = [await subscribe('/few'), await subscribe('/many')]
  await db.query(
    (sql) => sql`
      insert into delivery_queue (organisation_id, id, event_id, subscription_id, bucket)
      select ${few.organisationId}::uuid, gen_random_uuid(), gen_random_uuid(), ${few.id}::uuid, 0
      union all select ${many.organisationId}::uuid, gen_random_uuid(), gen_random_uuid(), ${many.id}::uuid, 0
      from generate_series(1, 3)`,
  )
  const { queue, mostWaiting } = await system(({ queue }) => queue.pending === 4)
  expect(queue).toMatchObject({ pending: 4, capped: false, due: 4 })
  expect(mostWaiting).toEqual({
    estimated: false,
    data: [many, few].map(({ id, organisationId, url }, index) => ({
      subscriptionId: id,
      organisationId,
      url,
      waiting: index === 0 ? 3 : 1,
    })),
  })
})

test('of a long queue a part is looked at, and what waits is estimated from it', async () => {
  const subscriptionIds = Array.from({ length: 12 }, () => newId())
  // The first has twelve times as many as the last.
  await db.query(
    (sql) => sql`
      insert into delivery_queue (organisation_id, id, event_id, subscription_id, bucket)
      select ${randomUUID()}::uuid, gen_random_uuid(), gen_random_uuid(), s.id, 0
      from unnest(${subscriptionIds}::uuid[]) with ordinality s(id, place), generate_series(1, 500 * (13 - place))
      order by gen_random_uuid()`,
  )
  const { mostWaiting, queue } = await system(({ queue }) => queue.pending === 10_000)
  expect(queue.capped).toBe(true)
  expect(mostWaiting.estimated).toBe(true)
  expect(mostWaiting.data).toHaveLength(10)
  const [most] = mostWaiting.data
  expect(most).toMatchObject({
    subscriptionId: subscriptionIds[0],
    organisationId: null,
    url: null,
  })
  expect(most.waiting).toBeGreaterThan(4000)
  expect(most.waiting).toBeLessThan(8000)
})

test('storage, database, checks and settings are told without reading a table', async () => {
  const { storage, database, checks, settings } = await system(() => true)
  const sizes = storage.map((table: { bytes: number }) => table.bytes)
  expect(sizes).toEqual(sizes.toSorted((a: number, b: number) => b - a))
  const of = (wanted: string) => storage.find(({ name }: { name: string }) => name === wanted)
  expect(of('subscriptions')).toMatchObject({ partitions: [], oldestDroppedAt: null })
  for (const name of ['domain_events', 'deliveries', 'delivery_attempts']) {
    const { bytes, rows, partitions, oldestDroppedAt } = of(name)
    const sum = (key: 'bytes' | 'rows') =>
      partitions.reduce((total: number, one: Record<string, number>) => total + (one[key] ?? 0), 0)
    expect([bytes, rows]).toEqual([sum('bytes'), sum('rows')])
    expect(partitions[0].to).toBe(partitions[1].from)
    // Retained for three days, in partitions of one.
    expect(Date.parse(oldestDroppedAt) - Date.parse(partitions[0].from)).toBe(4 * 86_400_000)
  }
  expect(database).toMatchObject({ embedded: true, connectionsMax: 300 })
  expect(database.version).toMatch(/^\d+/)
  expect(database.connections).toBeGreaterThan(0)
  expect(database.bytes).toBeGreaterThan(1_000_000)
  expect(checks).toEqual((await server.call('GET', '/readyz')).body.checks)
  expect(settings).toMatchObject({
    retentionDays: { events: 3, deliveries: 3 },
    roles: { api: true, dispatcher: true },
    allowHttp: true,
    allowedNetworks: ['127.0.0.0/8'],
    allowedPorts: [443, 8443, 80, 8080],
    rateLimits: { readsPerMinute: 6000, failuresPerMinute: 100 },
    quotas: { eventsPerSecond: 2000, backlog: 1_000_000 },
  })
  // The name of the key, and nothing else of it.
  expect(settings.encryption).toEqual({ keyId: 'k1' })
})

test('nobody but the platform sees it', async () => {
  const { key } = await server.createOrganisation(['admin'])
  const own = await server.call('GET', '/v1/system', { key })
  expect([own.status, own.body.code]).toEqual([403, 'platform_credential_required'])
  const { body } = await server.call('POST', '/v1/api-keys', {
    body: { organisationId: null, name: 'reader', scopes: ['deliveries:read'] },
  })
  const reader = await server.call('GET', '/v1/system', { key: body.apiKey })
  expect([reader.status, reader.body.code]).toEqual([403, 'scope_missing'])
})
