import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Database } from '../../server/database/database.ts'
import { findDueLanes } from '../../server/dispatcher/find-lanes.ts'
import { newId, pulledBucket } from '../../server/kernel/ids.ts'
import { leaseDeliveries } from '../../server/pulling/lease-deliveries.ts'
import { readLeases } from '../../server/pulling/read-leases.ts'
import { asEngine, connectTo } from '../support/connect.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { entriesReadBy } from '../support/entries-read.ts'

// Counted in index entries read, not in time; with plans that were made while the queue was empty (decision 0023).

const organisationId = randomUUID()
const [plain, ordered] = [newId(), newId()] as const
const buckets = Array.from({ length: 64 }, (_, index) => index)
let database: TestDatabase
let db: Database
let sql: postgres.Sql

const lease = (id: string, more = {}) =>
  leaseDeliveries(db, {
    subscription: { id, ordering: id === ordered ? 'entity' : 'none' },
    limit: 100,
    leaseMs: 60_000,
    after: undefined,
    nowMs: Date.now(),
    ...more,
  })

beforeAll(async () => {
  database = await createTestDatabase()
  db = connectTo(database, asEngine)
  sql = postgres(database.url, { max: 2, connection: { search_path: 'posthorn' } })
  for (const id of [plain, ordered]) {
    await sql`insert into subscriptions (id, organisation_id, mode, secret, revision) values (${id}, ${organisationId}, 'pull', '', 1)`
  }
  for (let n = 0; n < 12; n++) {
    await lease(plain)
    await lease(ordered)
    await readLeases(db, plain, [{ id: newId(), attempt: 1 }])
    await findDueLanes(db, buckets)
  }
})

beforeEach(async () => {
  await sql`truncate delivery_queue`
})

afterAll(async () => {
  await sql.end()
  await db.close()
  await database.drop()
})

/** `entities`: how many the rows are spread over; 0 for no order. */
async function insert(count: number, subscriptionId: string, entities: number): Promise<void> {
  await sql`
    insert into delivery_queue (organisation_id, id, event_id, subscription_id, bucket, order_key, due_at)
    select ${organisationId}, gen_random_uuid(), ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid,
      ${subscriptionId}, ${pulledBucket},
      case when ${entities}::int > 0 then md5((n % ${Math.max(1, entities)}::int)::text)::uuid end,
      now() - interval '1 hour' + n * interval '1 microsecond'
    from generate_series(1, ${count}) n`
}

const entriesRead = (work: () => Promise<unknown>) => entriesReadBy(db, '^delivery_queue$', work)

test('a pull reads what it gives out, however much waits', async () => {
  await insert(30_000, plain, 0)
  expect(await entriesRead(() => lease(plain))).toBeLessThan(1000)
  expect(await entriesRead(() => lease(plain))).toBeLessThan(1000)
})

test('where order is kept it costs as little, also with all of it behind one that is leased', async () => {
  await insert(20_000, ordered, 1)
  expect((await lease(ordered, { limit: 1 })).rows).toHaveLength(1)
  expect(
    await entriesRead(async () => expect((await lease(ordered)).rows).toEqual([])),
  ).toBeLessThan(1000)
  await sql`truncate delivery_queue`
  await insert(20_000, ordered, 2_000)
  const read = () => entriesRead(async () => expect((await lease(ordered)).rows).toHaveLength(100))
  // The lesser of two: one in many runs was seen to count a whole index, and not again.
  expect(Math.min(await read(), await read())).toBeLessThan(3000)
})

test('what is acknowledged is found by its id', async () => {
  await insert(20_000, plain, 0)
  const rows = await sql<{ id: string }[]>`select id from delivery_queue limit 100`
  const ask = () =>
    readLeases(
      db,
      plain,
      rows.map(({ id }) => ({ id, attempt: 1 })),
    )
  expect(await entriesRead(ask)).toBeLessThan(1000)
})

test('dispatchers neither see nor pay for what waits to be pulled', async () => {
  await insert(30_000, plain, 0)
  await insert(20_000, ordered, 100)
  let found: unknown
  expect(
    await entriesRead(async () => {
      found = await findDueLanes(db, buckets)
    }),
  ).toBeLessThan(200)
  expect(found).toEqual([])
})
