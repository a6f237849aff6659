import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestPosthorn, organisationScopes } from '../support/create-test-posthorn.ts'
import { type SeededDelivery, type SeededLog, seedLog } from '../support/seed-log.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let log: SeededLog
let organisationId: string
/** Of that organisation. */
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

const get = (path: string, as?: string) =>
  server.call('GET', `/v1/deliveries${path}`, as === undefined ? {} : { key: as })
const where = (matches: (one: SeededDelivery) => boolean) => log.deliveries.filter(matches)
const idsOf = (deliveries: { id: string }[]) => deliveries.map((one) => one.id)
const own = () => where((one) => one.organisationId === organisationId)

async function listAll(query: string, as?: string): Promise<SeededDelivery[]> {
  const rows: SeededDelivery[] = []
  let cursor = ''
  for (;;) {
    const { status, body } = await get(`?limit=100&${query}${cursor}`, as)
    expect(status).toBe(200)
    rows.push(...body.data)
    if (body.nextCursor === null) return rows
    cursor = `&cursor=${body.nextCursor}`
  }
}

describe('the log', () => {
  test('of a platform credential spans all organisations, that of an organisation only its own', async () => {
    expect(idsOf(await listAll(''))).toEqual(idsOf(log.deliveries))
    expect(idsOf(await listAll(`organisationId=${organisationId}`))).toEqual(idsOf(own()))
    expect(idsOf(await listAll('', key))).toEqual(idsOf(own()))
    expect((await get(`?organisationId=${log.organisationIds[1]}`, key)).status).toBe(404)
  })

  test('takes several values separated by commas, patterns and classes, in upper case too', async () => {
    const [first, second] = log.subscriptionIds as [string, string]
    const cases: [string, (one: SeededDelivery) => boolean][] = [
      ['status=failed,pending', (one) => ['failed', 'pending'].includes(one.status)],
      [
        `subscriptionId=${first.toUpperCase()},${second}`,
        (one) => [first, second].includes(one.subscriptionId),
      ],
      ['eventType=Issue*,Tenant_Moved', (one) => one.entityType !== 'Property'],
      ['statusCode=5xx,410', (one) => [500, 503, 410].includes(one.lastStatusCode ?? 0)],
      ['outcome=timeout&minAttempts=2', (one) => one.lastOutcome === 'timeout' && one.attempts > 1],
      ['trigger=replay', (one) => one.trigger === 'replay'],
    ]
    for (const [query, matches] of cases) {
      expect(idsOf(await listAll(query)), query).toEqual(idsOf(where(matches)))
    }
  })

  test.each([
    ['status=lost', 'status.0'],
    ['status=', 'status.0'],
    ['statusCode=6xx', 'statusCode.0'],
    ['outcome=timeout,slow', 'outcome.1'],
    ['subscriptionId=1', 'subscriptionId.0'],
    ['minAttempts=-1', 'minAttempts'],
    ['eventTypes=Issue', 'eventTypes'],
  ])('refuses %s and names the field', async (query, field) => {
    for (const path of ['', '/count', '/facets', '/histogram', '/failures', '/export']) {
      const { status, body } = await get(`${path}?${query}`)
      expect([status, body.code], path).toEqual([422, 'validation_failed'])
      expect(body.errors[0].field).toBe(field)
    }
  })

  test("of an organisation shows what the platform's subscription got of its events, and no more", async () => {
    const platforms = log.subscriptionIds.at(-1) as string
    const expected = own().filter((one) => one.subscriptionId === platforms)
    expect(idsOf(await listAll(`subscriptionId=${platforms}`, key))).toEqual(idsOf(expected))
    const others = log.subscriptionIds[2] as string
    expect(await listAll(`subscriptionId=${others}`, key)).toEqual([])
    const foreign = where((one) => one.organisationId !== organisationId)[0] as SeededDelivery
    expect((await get(`/${foreign.id}`, key)).status).toBe(404)
    for (const query of [`eventId=${foreign.eventId}`, `entityId=${randomUUID()}`]) {
      expect(await listAll(query, key)).toEqual([])
      expect((await get(`/count?${query}`, key)).body.count).toBe(0)
    }
  })
})

function tally<Value>(values: (Value | null)[]): { value: Value; count: number }[] {
  const counts = new Map<Value, number>()
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].map(([value, count]) => ({ value, count }))
}

const sorted = <Item>(items: Item[]) => items.map((item) => JSON.stringify(item)).sort()

describe('a summary', () => {
  test('counts what the list has', async () => {
    for (const query of ['', 'status=failed', 'eventType=Issue*&outcome=succeeded']) {
      const expected = await listAll(query, key)
      const { body } = await get(`/count?${query}`, key)
      expect(body).toEqual({ count: expected.length, complete: true, searchedUntil: null })
    }
  })

  test('has the facets of what the list has', async () => {
    for (const query of ['', 'status=failed,pending', 'trigger=test']) {
      const rows = await listAll(query, key)
      const { body } = await get(`/facets?${query}`, key)
      expect(body).toMatchObject({ count: rows.length, complete: true })
      const facets = {
        status: tally(rows.map((one) => one.status)),
        eventType: tally(rows.map((one) => one.eventType)),
        subscriptionId: tally(rows.map((one) => one.subscriptionId)),
        statusCode: tally(rows.map((one) => one.lastStatusCode)),
        outcome: tally(rows.map((one) => one.lastOutcome)),
      }
      for (const [name, expected] of Object.entries(facets)) {
        expect(sorted(body[name]), name).toEqual(sorted(expected as object[]))
        const counts = body[name].map((one: { count: number }) => one.count)
        expect(counts).toEqual(counts.toSorted((a: number, b: number) => b - a))
      }
    }
  })

  test('groups what fails by subscription and error, and leaves out what does not', async () => {
    const { body } = await get('/failures?limit=250', key)
    const failing = own().filter(
      (one) => one.status === 'failed' || (one.status === 'pending' && one.lastOutcome !== null),
    )
    expect(body).toMatchObject({ count: failing.length, complete: true })
    const keyOf = (one: {
      subscriptionId: string
      outcome: string | null
      statusCode: number | null
    }) => JSON.stringify([one.subscriptionId, one.outcome, one.statusCode])
    const groups = Map.groupBy(failing, (one) =>
      keyOf({ ...one, outcome: one.lastOutcome, statusCode: one.lastStatusCode }),
    )
    // `no answer in 8 s` and `… 9 s` are one kind of failure.
    expect(body.data.map(keyOf).sort()).toEqual([...groups.keys()].sort())
    for (const group of body.data) {
      const members = groups.get(keyOf(group)) ?? []
      const failed = members.filter((one) => one.status === 'failed').length
      expect(group).toMatchObject({
        count: members.length,
        failed,
        pending: members.length - failed,
        deliveryId: members[0]?.id,
        eventTypes: [...new Set(members.map((one) => one.eventType))].sort(),
      })
      expect(group.oldestAt <= group.newestAt).toBe(true)
    }
    const counts = body.data.map((one: { count: number }) => one.count)
    expect(counts).toEqual(counts.toSorted((a: number, b: number) => b - a))
    const newest = (await get('/failures?sort=newest&limit=3', key)).body.data
    expect(newest[0].deliveryId).toBe(failing[0]?.id)
    expect(newest).toHaveLength(3)
  })
})
