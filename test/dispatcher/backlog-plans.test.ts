import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../server/database/database.ts'
import { findDueLanes } from '../../server/dispatcher/find-lanes.ts'
import { loadEntities, walkEntities } from '../../server/dispatcher/load-entities.ts'
import { loadLanes } from '../../server/dispatcher/load-lanes.ts'
import { bucketOf, newId } from '../../server/kernel/ids.ts'
import { asEngine, connectTo } from '../support/connect.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { entriesReadBy } from '../support/entries-read.ts'

// Counted in index entries read, not in time; with plans that were made while the queue was empty (decision 0023).

const organisationId = randomUUID()
const bucket = bucketOf(organisationId)
const buckets = Array.from({ length: 64 }, (_, index) => index)
let database: TestDatabase
let db: Database
let sql: postgres.Sql

const lane = (subscriptionId: string, more = {}) => ({
  bucket,
  subscriptionId,
  after: undefined,
  lowMs: undefined,
  want: 20,
  ...more,
})

beforeAll(async () => {
  database = await createTestDatabase()
  db = connectTo(database, asEngine)
  sql = postgres(database.url, { max: 2, connection: { search_path: 'posthorn' } })
  const nobody = newId()
  for (let n = 0; n < 12; n++) {
    await findDueLanes(db, buckets)
    await loadLanes(db, [lane(nobody)])
    await loadEntities(
      db,
      [{ bucket, subscriptionId: nobody, entities: [randomUUID()] }],
      Date.now(),
    )
    await walkEntities(db, [lane(nobody)])
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

async function insert(
  count: number,
  subscriptionId: string,
  orderKey: string | null = null,
  dueAt = 'now',
): Promise<void> {
  await sql`
    insert into delivery_queue (organisation_id, id, event_id, subscription_id, bucket, order_key, due_at)
    select ${organisationId}, gen_random_uuid(), ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid,
      ${subscriptionId}, ${bucket}, ${orderKey}, ${dueAt}::text::timestamptz - interval '1 second' + n * interval '1 microsecond'
    from generate_series(1, ${count}) n`
}

const entriesRead = (work: () => Promise<unknown>) => entriesReadBy(db, '^delivery_queue$', work)

describe('the backlog', () => {
  test('of many lanes is found with a probe per lane, and a load reads what it is asked for', async () => {
    const [noisy, ...others] = Array.from({ length: 100 }, () => newId()) as [string, ...string[]]
    await insert(20_000, noisy)
    for (const one of others) await insert(2, one)
    let found: unknown[] = []
    expect(await entriesRead(async () => (found = await findDueLanes(db, buckets)))).toBeLessThan(
      600,
    )
    expect(found).toHaveLength(100)
    let loaded: unknown[] = []
    const demands = [noisy, ...others].map((one) => lane(one))
    expect(await entriesRead(async () => (loaded = await loadLanes(db, demands)))).toBeLessThan(600)
    expect(loaded).toHaveLength(20 + 99 * 2)
  })

  test('in the order of entities is walked from entity to entity, however many wait behind one', async () => {
    const subscriptionId = newId()
    const blocked = randomUUID()
    await insert(1, subscriptionId, blocked, 'tomorrow')
    // Due, and behind the one that is not.
    await sql`
      insert into delivery_queue (organisation_id, id, event_id, subscription_id, bucket, order_key)
      select organisation_id, gen_random_uuid(), ('00000000-0000-7000-9000-' || lpad(n::text, 12, '0'))::uuid,
        subscription_id, bucket, order_key from delivery_queue, generate_series(1, 100000) n`
    const free = [randomUUID(), randomUUID(), randomUUID()]
    for (const entity of free) await insert(10, subscriptionId, entity)
    let due: string[] = []
    const walk = async () => {
      const [walked] = await walkEntities(db, [lane(subscriptionId)])
      due = walked?.due ?? []
    }
    expect(await entriesRead(walk)).toBeLessThan(50)
    expect(due.sort()).toEqual(free.sort())
    const entities = [blocked, ...free]
    let heads: { id: string }[] = []
    const load = async () => {
      heads = await loadEntities(db, [{ bucket, subscriptionId, entities }], Date.now())
    }
    expect(await entriesRead(load)).toBeLessThan(50)
    expect(heads).toHaveLength(3)
  })

  test('hides what asks for no order among what does, and is gone through for it in steps', async () => {
    const subscriptionId = newId()
    await insert(1000, subscriptionId, randomUUID(), 'yesterday')
    await insert(5, subscriptionId)
    const found: (string | null)[] = []
    let after: { dueAt: string; id: string } | undefined
    for (let step = 1; step <= 6; step++) {
      const rows = await loadLanes(db, [lane(subscriptionId, { after, want: 200 })])
      expect(rows.at(-1)?.position).toBe(step < 6 ? 200 : 5)
      after = rows.at(-1)?.cursor
      found.push(...rows.map((row) => row.orderKey))
    }
    // Of each step the last that was read over, and then the five.
    expect(found.map((orderKey) => orderKey === null)).toEqual([
      ...new Array<boolean>(5).fill(false),
      ...new Array<boolean>(5).fill(true),
    ])
  })

  test('is walked to its end in steps, whatever the entities', async () => {
    const subscriptionId = newId()
    const entities = Array.from({ length: 1200 }, () => randomUUID())
    entities.push('00000000-0000-0000-0000-000000000000')
    for (const entity of entities) await insert(1, subscriptionId, entity)
    const seen: string[] = []
    let after: string | undefined
    let steps = 0
    do {
      const [walked] = await walkEntities(db, [lane(subscriptionId, { after, want: 300 })])
      seen.push(...(walked?.due ?? []))
      after = walked?.upTo ?? undefined
      steps++
    } while (after !== undefined)
    expect(seen.sort()).toEqual(entities.sort())
    expect(steps).toBe(5)
  })

  test('is loaded from its low bound: what died before it costs nothing while an old snapshot keeps it', async () => {
    const subscriptionId = newId()
    await sql.begin('isolation level repeatable read', async (forgotten) => {
      await forgotten`select 1 from delivery_queue limit 1`
      await insert(20_000, subscriptionId, null, 'yesterday')
      const other = postgres(database.url, { max: 1, connection: { search_path: 'posthorn' } })
      try {
        await other`delete from delivery_queue`
        await other`vacuum delivery_queue`
      } finally {
        await other.end()
      }
      await insert(5, subscriptionId)
      const lowMs = Date.now() - 60_000
      const blind = await entriesRead(() => loadLanes(db, [lane(subscriptionId)]))
      let loaded: unknown[] = []
      const load = async () => {
        loaded = await loadLanes(db, [lane(subscriptionId, { lowMs })])
      }
      expect(await entriesRead(load)).toBeLessThan(50)
      expect(loaded).toHaveLength(5)
      // What it would cost without.
      expect(blind).toBeGreaterThan(10_000)
    })
  })
})
