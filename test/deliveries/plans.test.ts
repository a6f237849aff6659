import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../server/database/database.ts'
import { type Settlement, settleDeliveries } from '../../server/deliveries/index.ts'
import { bucketOf, deliveryIdOf, newId } from '../../server/kernel/ids.ts'
import { Keyring } from '../../server/kernel/keyring.ts'
import { silentLogger } from '../../server/kernel/logger.ts'
import { publishEvents } from '../../server/publishing/publish-events.ts'
import { SubscriptionDirectory } from '../../server/subscriptions/index.ts'
import { asEngine, connectTo } from '../support/connect.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { entriesRead } from '../support/entries-read.ts'

/*
 * The worst that can happen to a queue in Postgres: a plan made while it was empty, kept by a prepared statement, and
 * walking the whole of it for every row once it has grown. Counted in index entries read, not in time.
 */

const organisationId = randomUUID()
const subscriptionId = newId()
let database: TestDatabase
let db: Database

beforeAll(async () => {
  database = await createTestDatabase()
  db = connectTo(database, asEngine)
})

afterAll(async () => {
  await db.close()
  await database.drop()
})

async function insertEventsAsHost(count: number): Promise<{ id: string; entityId: string }[]> {
  return db.query(
    (sql) => sql<{ id: string; entityId: string }[]>`
      insert into domain_events (organisation_id, entity_type, entity_id, event_type, data)
      select ${organisationId}, 'Issue', gen_random_uuid(), 'IssueCreated', '{}' from generate_series(1, ${count})
      returning id, entity_id`,
  )
}

async function publish(perBucketMax: number) {
  const nowMs = Date.now()
  return publishEvents({
    database: db,
    directory: new SubscriptionDirectory(db, new Keyring(), silentLogger),
    buckets: Array.from({ length: 64 }, (_, bucket) => bucket),
    sinceMs: nowMs - 3_600_000,
    nowMs,
    skip: new Set(),
    eventsMax: perBucketMax,
    perBucketMax,
  })
}

function settlementOf(
  event: { id: string; entityId: string },
  status: 'succeeded' | 'pending',
): Settlement {
  return {
    organisation_id: organisationId,
    id: deliveryIdOf(event.id, subscriptionId),
    attempts: 0,
    status,
    delay_ms: status === 'pending' ? 60_000 : null,
    event_id: event.id,
    subscription_id: subscriptionId,
    event_type: 'IssueCreated',
    entity_type: 'Issue',
    entity_id: event.entityId,
    trigger: 'event',
    started_at: new Date().toISOString(),
    duration_ms: 3,
    connect_ms: null,
    first_byte_ms: 2,
    url: 'https://example.com/',
    outcome: status === 'pending' ? 'http_status' : 'succeeded',
    status_code: status === 'pending' ? 500 : 200,
    error: null,
    signature: 'v1,x',
    request_headers: null,
    response_headers: { 'content-type': 'text/plain' },
    response_body: 'a "quoted" \\ line\nand {another}',
    response_body_encoding: 'utf8',
    response_truncated: false,
  }
}

async function enqueue(events: readonly { id: string }[]): Promise<void> {
  const rows = events.map(({ id }) => ({ event_id: id, id: deliveryIdOf(id, subscriptionId) }))
  await db.query(
    (sql) => sql`
      insert into delivery_queue (organisation_id, id, event_id, subscription_id, bucket)
      select ${organisationId}, id, event_id, ${subscriptionId}, ${bucketOf(organisationId)}
      from json_to_recordset(${JSON.stringify(rows)}::text::json) as d(id uuid, event_id uuid)`,
  )
}

test('statements prepared on empty tables still go by the key when much has come to wait', async () => {
  const few = 100
  const many = 20_000
  for (let round = 0; round < 12; round++) {
    await settleDeliveries(db, [settlementOf({ id: newId(), entityId: newId() }, 'succeeded')])
    await publish(few)
  }
  const events = await insertEventsAsHost(many)
  await enqueue(events)

  const queueBefore = await entriesRead(db, '^delivery_queue')
  const batch = events.slice(0, few)
  const settled = await settleDeliveries(
    db,
    batch.map((event, index) => settlementOf(event, index % 2 === 0 ? 'succeeded' : 'pending')),
  )
  expect(settled.size).toBe(few)
  expect((await entriesRead(db, '^delivery_queue')) - queueBefore).toBeLessThan(few * 10)

  const eventsBefore = await entriesRead(db, '^domain_events')
  const directoryRefreshed = await publish(few)
  expect(directoryRefreshed.found).toBe(few)
  expect((await entriesRead(db, '^domain_events')) - eventsBefore).toBeLessThan(few * 10)
})

test('what Postgres stores of a response is what came', async () => {
  const [row] = await db.query(
    (sql) => sql<{ responseBody: string; responseHeaders: object }[]>`
      select response_body, response_headers from delivery_attempts where organisation_id = ${organisationId} limit 1`,
  )
  expect(row).toEqual({
    responseBody: 'a "quoted" \\ line\nand {another}',
    responseHeaders: { 'content-type': 'text/plain' },
  })
})
