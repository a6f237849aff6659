import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Context } from '../../server/context.ts'
import type { Database } from '../../server/database/database.ts'
import { asTenant } from '../../server/database/tenant.ts'
import type { DeliveryFilter } from '../../server/deliveries/filter-schema.ts'
import { searchDeliveries } from '../../server/deliveries/search-deliveries.ts'
import { newId } from '../../server/kernel/ids.ts'
import { connectTo } from '../support/connect.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { entriesRead } from '../support/entries-read.ts'

/*
 * Requests that find little must not look at much, also when their statement was prepared on empty tables and nobody
 * has analysed them since. Counted in index entries read, not in time.
 */

const finished = 10_000
const waiting = 4000
const scan = { ledgerScan: 400, queueScan: 200, entityEvents: 50 }
const [big, small, own, ofAll, entityId] = [
  randomUUID(),
  randomUUID(),
  newId(),
  newId(),
  randomUUID(),
]
let database: TestDatabase
let db: Database

beforeAll(async () => {
  database = await createTestDatabase()
  db = connectTo(database, { role: 'posthorn_api' })
})

afterAll(async () => {
  await db.close()
  await database.drop()
})

/** Everything about one entity of the big organisation, succeeded or never tried; the small one has nothing. */
async function fill(): Promise<void> {
  await asTenant(db, 'platform', async (tx) => {
    await tx`insert into subscriptions (id, organisation_id, url, secret, revision)
      values (${own}, ${big}, 'https://example.com/', '', 0), (${ofAll}, null, 'https://example.com/', '', 0)`
    await tx`with event as (
        insert into domain_events (organisation_id, entity_type, entity_id, event_type, data, published_at)
        select ${big}, 'Issue', ${entityId}, 'IssueCreated', '{}', now() from generate_series(1, ${finished + waiting})
        returning id
      ), numbered as (
        select id, row_number() over (order by id) as n from event
      ), queued as (
        insert into delivery_queue (organisation_id, id, event_id, subscription_id, bucket)
        select ${big}, id, id, ${own}, bucket_of(${big}) from numbered where n <= ${waiting}
      )
      insert into deliveries (organisation_id, id, event_id, subscription_id, status, attempts, trigger, event_type,
        entity_type, entity_id, last_status_code, last_outcome)
      select ${big}, id, id, ${ofAll}, 'succeeded', 1, 'event', 'IssueCreated', 'Issue', ${entityId}, 200, 'succeeded'
      from numbered where n > ${waiting}`
  })
}

const looked = '^(deliver|domain_events)'

async function sequentialReads(): Promise<number> {
  const [row] = await db.query(
    (sql) => sql<{ rows: number }[]>`
      select sum(seq_tup_read)::float8 as rows from pg_stat_all_tables where schemaname = 'posthorn'`,
  )
  return row?.rows ?? 0
}

const search = (filter: DeliveryFilter) =>
  asTenant(db, filter.organisationId ?? 'platform', (tx) => {
    const ctx = { config: { retentionDays: { events: 3, deliveries: 3 } } } as unknown as Context
    return searchDeliveries(ctx, tx, { filter, limit: 10 }, scan)
  })

const filters: DeliveryFilter[] = [
  {},
  { status: ['failed'] },
  { status: ['pending'], outcome: ['timeout'] },
  { eventType: ['Nothing*'] },
  { statusCode: ['5xx'] },
  { trigger: ['test'] },
  { minAttempts: 9 },
  { replayId: newId() },
  { eventId: newId() },
  { entityId },
  { entityId, eventType: ['Nothing'] },
  { entityId: randomUUID() },
  { subscriptionId: [own] },
  { subscriptionId: [own], trigger: ['test'] },
  { subscriptionId: [ofAll], trigger: ['test'] },
  { subscriptionId: [newId()] },
]

test('a search reads no more index entries than its bounds allow, whatever it asks for', async () => {
  const all = [undefined, big, small].flatMap((organisationId) =>
    filters
      // Another organisation's entity costs what that entity has: its index does not know whose it is.
      .filter((filter) => organisationId !== small || filter.entityId !== entityId)
      .map((filter) => (organisationId ? { ...filter, organisationId } : filter)),
  )
  for (const filter of all) await search(filter)
  await fill()
  const scannedBefore = await sequentialReads()
  for (const filter of all) {
    const before = await entriesRead(db, looked)
    await search(filter)
    // Both scans, the events of what waits, and the probes for the subscriptions.
    const allowed = scan.ledgerScan + 3 * scan.queueScan + 2 * scan.entityEvents + 100
    expect((await entriesRead(db, looked)) - before, JSON.stringify(filter)).toBeLessThan(allowed)
  }
  expect((await sequentialReads()) - scannedBefore).toBe(0)
})
