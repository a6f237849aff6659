import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DeliveryHistogram } from '../../server/deliveries/schemas.ts'
import { newIdAt, timeOfId } from '../../server/kernel/ids.ts'
import {
  createTestPosthorn,
  organisationScopes,
  platformKey,
} from '../support/create-test-posthorn.ts'
import { type SeededDelivery, type SeededLog, seedLog } from '../support/seed-log.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let log: SeededLog
let organisationId: string
let key: string

beforeAll(async () => {
  server = await createTestPosthorn()
  log = await seedLog(server.databaseUrl)
  organisationId = log.organisationIds[0] as string
  const { body } = await server.call('POST', '/v1/api-keys', {
    body: { organisationId, name: 'test', scopes: organisationScopes },
  })
  key = body.apiKey
})

afterAll(() => server.close())

const own = () => log.deliveries.filter((one) => one.organisationId === organisationId)
const msOf = (one: SeededDelivery) => timeOfId(one.id)
const iso = (ms: number) => new Date(ms).toISOString()

async function histogram(query: Record<string, string>, as = key): Promise<DeliveryHistogram> {
  const { status, body } = await server.call(
    'GET',
    `/v1/deliveries/histogram?${new URLSearchParams(query)}`,
    { key: as },
  )
  expect(status).toBe(200)
  return body
}

/** The same from the rows themselves. */
function expected({ since, intervalMs, data }: DeliveryHistogram, rows: SeededDelivery[]) {
  return data.map((_, index) => {
    const fromMs = Date.parse(since) + index * intervalMs
    const inside = rows.filter((one) => msOf(one) >= fromMs && msOf(one) < fromMs + intervalMs)
    const count = (status: string) => inside.filter((one) => one.status === status).length
    return {
      at: iso(fromMs),
      pending: count('pending'),
      succeeded: count('succeeded'),
      failed: count('failed'),
      cancelled: count('cancelled'),
    }
  })
}

describe('a histogram', () => {
  test('has every delivery that matches in its interval, by status', async () => {
    const newestMs = msOf(own()[0] as SeededDelivery)
    const until = iso(newestMs + 1)
    for (const [query, matches] of [
      [{}, () => true],
      [{ status: 'failed,pending' }, (one) => ['failed', 'pending'].includes(one.status)],
      [{ eventType: 'Issue*', maxAttempts: '0' }, isUntriedIssue],
    ] as [Record<string, string>, (one: SeededDelivery) => boolean][]) {
      const rows = own().filter(matches)
      const answer = await histogram({ ...query, until })
      expect(answer).toMatchObject({ count: rows.length, complete: true, searchedUntil: null })
      expect(answer.since).toBe(iso(msOf(rows.at(-1) as SeededDelivery)))
      expect(answer.data.length).toBeLessThanOrEqual(60)
      expect(answer.data).toEqual(expected(answer, rows))
    }
  })

  test('spans from since to until in equal intervals, also where nothing is', async () => {
    const oldestMs = msOf(own().at(-1) as SeededDelivery)
    const since = iso(oldestMs - 3_600_000)
    const until = iso(oldestMs + 3_600_000)
    const answer = await histogram({ since, until })
    expect(answer).toMatchObject({ since, intervalMs: 120_000, count: own().length })
    expect(answer.data).toHaveLength(60)
    expect(answer.data).toEqual(expected(answer, own()))
  })

  test('of nothing is empty, whatever the order of its bounds', async () => {
    const long = { since: '2020-01-02T00:00:00.000Z', until: '2020-01-01T00:00:00.000Z' }
    for (const query of [long, { ...long, since: long.until }, { eventType: 'Nothing' }]) {
      const answer = await histogram(query)
      expect(answer).toMatchObject({ count: 0, complete: true })
      expect(answer.data.length).toBeGreaterThan(0)
    }
  })

  test("does not count another organisation's", async () => {
    const all = await histogram({}, platformKey)
    expect(all.count).toBe(log.deliveries.length)
    expect((await histogram({})).count).toBe(own().length)
  })

  test('that could not look at everything begins where it stopped', async () => {
    const { organisationIds, subscriptionIds } = log
    const [other, subscription] = [organisationIds[1] as string, subscriptionIds[2] as string]
    const nowMs = Date.now()
    const ids = Array.from({ length: 10_050 }, (_, index) => newIdAt(nowMs - index))
    const sql = postgres(server.databaseUrl, { max: 1, connection: { search_path: 'posthorn' } })
    await sql`insert into deliveries (organisation_id, id, event_id, subscription_id, status, attempts, trigger,
        event_type, entity_type, entity_id, last_outcome)
      select ${other}, id, id, ${subscription}, 'succeeded', 1, 'event', 'IssueCreated', 'Issue', ${other}, 'succeeded'
      from unnest(${ids}::uuid[]) id`
    await sql.end()
    const since = iso(Date.now() - 86_400_000)
    const answer = await histogram({ organisationId: other, since }, platformKey)
    expect(answer.complete).toBe(false)
    expect(answer.since).toBe(answer.searchedUntil)
    expect(Date.parse(answer.since)).toBeGreaterThan(Date.parse(since))
    const counted = answer.data
      .flatMap(({ pending, succeeded, failed, cancelled }) => [
        pending,
        succeeded,
        failed,
        cancelled,
      ])
      .reduce((sum, one) => sum + one)
    expect(counted).toBe(answer.count)
    expect(answer.count).toBeLessThanOrEqual(10_000)
  })
})

const isUntriedIssue = (one: SeededDelivery) =>
  one.eventType.startsWith('Issue') && one.attempts === 0
