import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newIdAt } from '../../server/kernel/ids.ts'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let sql: postgres.Sql

beforeAll(async () => {
  server = await createTestPosthorn()
  sql = postgres(server.databaseUrl, { max: 1 })
})

afterAll(async () => {
  await sql.end()
  await server.close()
})

const preview = (body: Record<string, unknown>, key?: string) =>
  server.call('POST', '/v1/subscriptions/preview', { key, body })

async function organisation() {
  const { organisationId, key } = await server.createOrganisation()
  const post = async (events: Record<string, unknown>[]) => {
    const { body } = await server.call('POST', '/v1/events/batch', { key, body: { events } })
    return body.results.map((result: { event: { id: string } }) => result.event.id) as string[]
  }
  return { organisationId, key, post }
}

/** Straight into the table, each with `data` of its own. */
async function insert(organisationId: string, atMs: number, count: number, padding = '') {
  const ids = Array.from({ length: count }, () => newIdAt(atMs))
  await sql`
    insert into posthorn.domain_events (id, organisation_id, entity_type, entity_id, event_type, data, published_at)
    select id, ${organisationId}, 'Issue', id, 'IssueCreated',
      jsonb_build_object('padding', ${padding}::text || id::text), now()
    from unnest(${ids}::uuid[]) as e(id)`
}

describe('a preview', () => {
  test('counts what a subscription with these settings would have received, and nothing else', async () => {
    const { key, post } = await organisation()
    const entityId = randomUUID()
    const [closed, , reopened] = await post([
      issueEvent({ entityId }),
      issueEvent(),
      issueEvent({ entityId, data: { from: 'closed', to: 'open' } }),
      issueEvent({ eventType: 'IssueCreated', entityId, data: { title: 'Leak' } }),
    ])
    const settings = {
      eventTypes: ['IssueStatus*'],
      entityIds: [entityId.toUpperCase()],
      filter: { path: 'to', equals: 'closed' },
    }
    const { status, body } = await preview(settings, key)
    expect(status).toBe(200)
    expect(body.eventTypes).toEqual([
      { name: 'IssueStatusChanged', entityType: 'Issue', deprecated: false },
    ])
    expect(body.events).toMatchObject({
      lookedAt: 4,
      matched: 1,
      complete: true,
      searchedUntil: null,
      byType: [
        { eventType: 'IssueStatusChanged', lookedAt: 3, matched: 1 },
        { eventType: 'IssueCreated', lookedAt: 1, matched: 0 },
      ],
    })
    // What matches comes first, then what only misses by entity or data.
    const samples = body.events.samples as { id: string; matched: boolean }[]
    expect(samples.map((one) => one.matched)).toEqual([true, false, false])
    expect(samples[0]?.id).toBe(closed)
    expect(samples.map((one) => one.id)).toContain(reopened)
    expect((await server.call('GET', '/v1/subscriptions', { key })).body.data).toEqual([])
  })

  test('leaves out tests, which go to one subscription only', async () => {
    const { key } = await organisation()
    const created = await server.call('POST', '/v1/subscriptions', {
      key,
      body: { url: 'http://127.0.0.1:9/' },
    })
    await server.call('POST', `/v1/subscriptions/${created.body.id}/test`, { key })
    expect((await preview({}, key)).body.events).toMatchObject({ lookedAt: 0, matched: 0 })
  })

  test("of everything does not promise Posthorn's own events, which have to be asked for", async () => {
    const { key } = await organisation()
    const names = async (body: Record<string, unknown>) =>
      (await preview(body, key)).body.eventTypes.map((type: { name: string }) => type.name)
    expect(await names({})).not.toContain('SubscriptionDisabled')
    expect(await names({ eventTypes: ['Subscription*'] })).toContain('SubscriptionDisabled')
  })

  test('of a platform subscription tries the events of the organisation it is told', async () => {
    const { organisationId, post } = await organisation()
    await post([issueEvent()])
    const platform = { organisationId: null, entityTypes: ['Issue'] }
    expect((await preview(platform)).body.events).toBeNull()
    const told = await preview({ ...platform, eventsOf: organisationId })
    expect(told.body.events).toMatchObject({ lookedAt: 1, matched: 1 })
    const refused = await preview({ organisationId, eventsOf: organisationId })
    expect([refused.status, refused.body.errors[0].field]).toEqual([422, 'eventsOf'])
  })

  test('sees the own organisation only', async () => {
    const { key } = await organisation()
    const other = await organisation()
    await other.post([issueEvent()])
    expect((await preview({}, key)).body.events.lookedAt).toBe(0)
    expect((await preview({ organisationId: other.organisationId }, key)).status).toBe(404)
    const reader = await server.createOrganisation(['subscriptions:read', 'events:read'])
    expect((await preview({}, reader.key)).body.code).toBe('scope_missing')
  })

  test.each([
    ['a filter with no operator', { filter: { path: 'a' } }, 'filter'],
    ['an empty list', { eventTypes: [] }, 'eventTypes'],
    ['what does not decide who hears', { url: 'https://example.com' }, 'url'],
  ])('refuses %s and names the field', async (_name, settings, field) => {
    const { key } = await organisation()
    const { status, body } = await preview(settings, key)
    expect([status, body.code]).toEqual([422, 'validation_failed'])
    expect(body.errors[0].field).toMatch(new RegExp(`^${field}`))
  })

  test('looks at the newest 1,000 events of a day and says how far it came', async () => {
    const { organisationId, key } = await organisation()
    const nowMs = Date.now()
    await insert(organisationId, nowMs - 25 * 3_600_000, 5)
    await insert(organisationId, nowMs - 7_200_000, 5)
    await insert(organisationId, nowMs - 3_600_000, 1000)
    expect((await preview({}, key)).body.events).toMatchObject({
      lookedAt: 1000,
      matched: 1000,
      complete: false,
      searchedUntil: new Date(nowMs - 3_600_000).toISOString(),
    })
  })

  test('stops where the events are too large together', async () => {
    const { organisationId, key } = await organisation()
    // Nothing that could be compressed to little.
    const padding = Array.from({ length: 20_000 }, () => randomUUID()).join('')
    await insert(organisationId, Date.now() - 1000, 20, padding)
    const { events } = (await preview({}, key)).body
    expect(events.complete).toBe(false)
    expect(events.lookedAt).toBeGreaterThan(0)
    expect(events.lookedAt).toBeLessThan(20)
  })
})
