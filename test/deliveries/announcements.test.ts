import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../server/database/database.ts'
import {
  type Announcement,
  type Settlement,
  settleDeliveries,
} from '../../server/deliveries/index.ts'
import { bucketOf, newId } from '../../server/kernel/ids.ts'
import { asEngine, connectTo } from '../support/connect.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

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

/** A delivery in the queue, what may come of its attempt, and the event that would tell of it. */
async function queued(status: 'failed' | 'pending', attempts = 0) {
  const [organisationId, id, eventId, subscriptionId] = [randomUUID(), newId(), newId(), newId()]
  await db.query(
    (sql) => sql`
      insert into delivery_queue (organisation_id, id, event_id, subscription_id, bucket)
      values (${organisationId}, ${id}, ${eventId}, ${subscriptionId}, ${bucketOf(organisationId)})`,
  )
  const settlement: Settlement = {
    organisation_id: organisationId,
    id,
    attempts,
    status,
    delay_ms: status === 'pending' ? 60_000 : null,
    event_id: eventId,
    subscription_id: subscriptionId,
    event_type: 'IssueCreated',
    entity_type: 'Issue',
    entity_id: randomUUID(),
    trigger: 'event',
    started_at: new Date().toISOString(),
    duration_ms: 3,
    connect_ms: null,
    first_byte_ms: 2,
    url: 'https://example.com',
    outcome: 'http_status',
    status_code: 500,
    error: 'answered 500',
    signature: 'v1,none',
    request_headers: null,
    response_headers: null,
    response_body: null,
    response_body_encoding: null,
    response_truncated: false,
  }
  const announcement = (): Announcement => ({
    id: newId(),
    organisation_id: organisationId,
    entity_type: 'Delivery',
    entity_id: id,
    event_type: 'DeliveryExhausted',
    source: 'posthorn',
    data: { lastError: 'it’s "over"' },
  })
  const events = () =>
    db.query(
      (sql) => sql<{ data: unknown; publishedAt: Date | null }[]>`
        select data, published_at from domain_events where organisation_id = ${organisationId}`,
    )
  return { settlement, announcement, events }
}

test('an announcement is stored with the end of its delivery, once however often the result is written', async () => {
  const { settlement, announcement, events } = await queued('failed')
  expect([...(await settleDeliveries(db, [settlement], [announcement()]))]).toEqual([settlement.id])
  expect([...(await settleDeliveries(db, [settlement], [announcement()]))]).toEqual([])
  expect([...(await events())]).toEqual([{ data: { lastError: 'it’s "over"' }, publishedAt: null }])
})

test('a delivery that goes on, or that somebody else settled, is not announced', async () => {
  for (const { settlement, announcement, events } of [
    await queued('pending'),
    await queued('failed', 3),
  ]) {
    await settleDeliveries(db, [settlement], [announcement()])
    expect([...(await events())]).toEqual([])
  }
})

test('of a batch each is announced that ended', async () => {
  const [first, second, third] = [
    await queued('failed'),
    await queued('pending'),
    await queued('failed'),
  ]
  await settleDeliveries(
    db,
    [first, second, third].map(({ settlement }) => settlement),
    [third.announcement()],
  )
  expect(await first.events()).toHaveLength(0)
  expect(await second.events()).toHaveLength(0)
  expect(await third.events()).toHaveLength(1)
})
