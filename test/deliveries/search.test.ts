import fc from 'fast-check'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Context } from '../../server/context.ts'
import { connectDatabase, type Database } from '../../server/database/database.ts'
import { asTenant } from '../../server/database/tenant.ts'
import { type DeliveryFilter, deliveryFilterSchema } from '../../server/deliveries/filter-schema.ts'
import { matchesFilter } from '../../server/deliveries/matches-filter.ts'
import { searchDeliveries } from '../../server/deliveries/search-deliveries.ts'
import { silentLogger } from '../../server/kernel/logger.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { type SeededLog, seedLog } from '../support/seed-log.ts'

let database: TestDatabase
let db: Database
let log: SeededLog

beforeAll(async () => {
  database = await createTestDatabase()
  db = connectDatabase({
    url: database.url,
    schema: 'posthorn',
    applicationName: 'search test',
    maxConnections: 2,
    log: silentLogger,
  })
  log = await seedLog(database.url)
})

afterAll(async () => {
  await db.close()
  await database.drop()
})

const context = (events = 3) =>
  ({ config: { retentionDays: { events, deliveries: 3 } } }) as unknown as Context

interface Bounds {
  limit: number
  scan: { ledgerScan: number; queueScan: number; entityEvents: number }
  eventDays?: number
}

/** Every page, until there is none. */
async function search(filter: DeliveryFilter, bounds: Bounds): Promise<string[][]> {
  const pages: string[][] = []
  let before: string | undefined
  for (;;) {
    const query = { filter, limit: bounds.limit, before }
    const page = await asTenant(db, filter.organisationId ?? 'platform', (tx) =>
      searchDeliveries(context(bounds.eventDays), tx, query, bounds.scan),
    )
    pages.push(page.rows.map((row) => row.id))
    if (page.next === null) return pages
    if (before !== undefined) expect(page.next < before).toBe(true)
    if (page.searchedUntil === null) expect(page.rows).toHaveLength(bounds.limit)
    before = page.next
  }
}

const expected = (filter: DeliveryFilter) =>
  log.deliveries.filter((one) => matchesFilter(filter, one)).map((one) => one.id)

/** Values that occur in the log, and now and then one that does not. */
function filters(): fc.Arbitrary<DeliveryFilter> {
  const of = <Value>(values: readonly Value[]) => fc.constantFrom(...values)
  const some = <Value>(values: readonly Value[]) =>
    fc.uniqueArray(of(values), { minLength: 1, maxLength: 3 })
  const known = log.deliveries
  const time = fc
    .nat({ max: 20_000 })
    .map((ms) => new Date(Date.parse(firstAt()) + ms).toISOString())
  return fc.record({
    organisationId: of(log.organisationIds),
    status: some(['pending', 'succeeded', 'failed', 'cancelled'] as const),
    subscriptionId: some([...log.subscriptionIds, crypto.randomUUID()]),
    eventId: of(known.map((one) => one.eventId)),
    eventType: some([
      'IssueCreated',
      'Issue*',
      'IssueCreated*',
      '*Deleted',
      '*_*',
      '*e*d',
      'Nothing',
      'Tenant_Move?',
      '*',
    ]),
    entityType: some(['Issue', 'Property', 'Nothing']),
    entityId: of(log.entityIds),
    statusCode: some(['200', '2xx', '5xx', '410', '1xx']),
    outcome: some(['succeeded', 'http_status', 'timeout', 'dns'] as const),
    trigger: some(['event', 'test', 'replay'] as const),
    minAttempts: fc.nat({ max: 6 }),
    maxAttempts: fc.nat({ max: 6 }),
    replayId: of(known.flatMap((one) => one.replayId ?? [])),
    since: time,
    until: time,
  })
}

/** As callers do: few fields at once, and those that lead to an index of their own. */
const fewFields = () => {
  const names: (keyof DeliveryFilter)[][] = [
    ['organisationId'],
    ['organisationId', 'entityId'],
    ['eventType'],
    ['organisationId', 'entityId', 'status', 'since'],
    ['organisationId', 'subscriptionId'],
    ['subscriptionId'],
    ['subscriptionId', 'status'],
    ['replayId'],
    ['eventId'],
  ]
  const anyFields = fc.uniqueArray(fc.constantFrom(...allFields), { maxLength: 4 })
  return fc
    .tuple(filters(), fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...names) }, anyFields))
    .map(([filter, wanted]) => {
      const entries = Object.entries(filter).filter(([name]) => (wanted as string[]).includes(name))
      return Object.fromEntries(entries) as DeliveryFilter
    })
}

const allFields = Object.keys(deliveryFilterSchema.shape) as (keyof DeliveryFilter)[]

const firstAt = () => {
  const oldest = log.deliveries.at(-1)?.id ?? ''
  return new Date(Number.parseInt(oldest.slice(0, 8) + oldest.slice(9, 13), 16)).toISOString()
}

describe('a search', () => {
  test('finds what the filter means, newest first, nothing twice, however small its bounds', async () => {
    const bounds = fc.record({
      limit: fc.integer({ min: 20, max: 100 }),
      scan: fc.record({
        ledgerScan: fc.integer({ min: 30, max: 400 }),
        queueScan: fc.integer({ min: 30, max: 400 }),
        entityEvents: fc.integer({ min: 1, max: 8 }),
      }),
      // One day: events are gone before their deliveries, so nothing may be found by them.
      eventDays: fc.constantFrom(1, 3),
    })
    await fc.assert(
      fc.asyncProperty(fewFields(), bounds, async (filter, given) => {
        const pages = await search(filter, given)
        expect(pages.flat()).toEqual(expected(filter))
        for (const page of pages) expect(page.length).toBeLessThanOrEqual(given.limit)
      }),
      { numRuns: 100 },
    )
  })

  test('neither skips nor repeats what is settled or replayed while somebody reads page after page', async () => {
    const sql = postgres(database.url, { max: 1, connection: { search_path: 'posthorn' } })
    const move = {
      settle: (ids: string[]) => sql`
        with moved as (delete from delivery_queue where id = any (${ids}) returning *)
        insert into deliveries (organisation_id, id, event_id, subscription_id, status, attempts, trigger, event_type,
          entity_type, entity_id, last_outcome)
        select m.organisation_id, m.id, event_id, subscription_id, 'succeeded', 1, 'event', e.event_type,
          e.entity_type, e.entity_id, 'succeeded'
        from moved m join domain_events e on e.organisation_id = m.organisation_id and e.id = m.event_id`,
      replay: (ids: string[]) => sql`
        with moved as (delete from deliveries where id = any (${ids}) returning *)
        insert into delivery_queue (organisation_id, id, event_id, subscription_id, bucket, due_at)
        select organisation_id, id, event_id, subscription_id, bucket_of(organisation_id), now() + interval '1 day'
        from moved`,
    }
    const ids = log.deliveries.map((one) => one.id)
    let reading = true
    const moving = (async () => {
      for (let turn = 0; reading; turn++) {
        const some = ids.filter((_, index) => (index + turn) % 3 === 0)
        await move[turn % 2 === 0 ? 'settle' : 'replay'](some)
      }
    })()
    try {
      for (let round = 0; round < 8; round++) {
        const scan = { ledgerScan: 40, queueScan: 30, entityEvents: 10 }
        const organisationId = log.organisationIds[round % 3] as string
        const filter = round % 2 === 0 ? {} : { organisationId }
        const found = (await search(filter, { limit: 13, scan })).flat()
        expect(found).toEqual(expected(filter))
      }
    } finally {
      reading = false
      await moving
      await sql.end()
    }
  })
})
