import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../server/database/database.ts'
import { newId } from '../../server/kernel/ids.ts'
import { connectTo } from '../support/connect.ts'
import { createTestPosthorn } from '../support/create-test-posthorn.ts'

const summarised = 3000
let server: Awaited<ReturnType<typeof createTestPosthorn>>
let db: Database

beforeAll(async () => {
  server = await createTestPosthorn()
  db = connectTo({ url: server.databaseUrl, drop: async () => undefined })
})

afterAll(async () => {
  await db.close()
  await server.close()
})

/** Deliveries of a new organisation, all failed in the same way. */
async function fail(count: number): Promise<string> {
  const organisationId = randomUUID()
  await db.query(
    (sql) => sql`
      insert into deliveries (organisation_id, id, event_id, subscription_id, status, attempts, trigger, event_type,
        entity_type, entity_id, last_status_code, last_outcome)
      select ${organisationId}, uuidv7(), gen_random_uuid(), ${newId()}, 'failed', 1, 'event', 'IssueCreated', 'Issue',
        gen_random_uuid(), 503, 'http_status'
      from generate_series(1, ${count}::int)`,
  )
  return organisationId
}

test.each([
  { what: 'all of a log that is short enough', count: summarised, complete: true },
  {
    what: 'the newest of a longer one, and that there is more',
    count: summarised + 1,
    complete: false,
  },
])('facets and failure groups tell $what', async ({ count, complete }) => {
  const organisationId = await fail(count)
  const get = async (summary: string) =>
    (await server.call('GET', `/v1/deliveries/${summary}?organisationId=${organisationId}`)).body
  const facets = await get('facets')
  const failures = await get('failures')
  const searchedUntil = complete ? null : expect.any(String)
  expect(facets).toMatchObject({ count: summarised, complete, searchedUntil })
  expect(facets.statusCode).toEqual([{ value: 503, count: summarised }])
  expect(failures).toMatchObject({ count: summarised, complete, searchedUntil })
  expect(failures.data).toMatchObject([{ count: summarised, failed: summarised }])
  expect(await get('count')).toEqual({ count, complete: true, searchedUntil: null })
})
