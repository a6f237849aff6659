import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>

beforeAll(async () => {
  server = await createTestPosthorn({
    quotas: { eventsPerSecond: 500, eventsBurst: 5000, subscriptions: 9, backlog: 0 },
  })
})

afterAll(() => server.close())

test('an organisation sees what it may have, which of that is its own, and what it uses', async () => {
  const { key, organisationId } = await server.createOrganisation()
  const other = await server.createOrganisation()
  for (const whose of [key, key, other.key]) {
    const body = { url: 'https://example.com/' }
    expect((await server.call('POST', '/v1/subscriptions', { key: whose, body })).status).toBe(201)
    await server.call('POST', '/v1/events', { key: whose, body: issueEvent() })
  }
  const sql = postgres(server.databaseUrl, { max: 1, connection: { search_path: 'posthorn' } })
  await sql`
    insert into delivery_queue (organisation_id, id, event_id, subscription_id, bucket)
    select o, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 0
    from unnest(${[organisationId, organisationId, other.organisationId]}::uuid[]) o`
  await sql.end()
  const quotas = { subscriptions: 3, backlog: 100 }
  await server.call('PUT', `/v1/organisations/${organisationId}`, {
    body: { name: 'Acme', quotas },
  })
  const own = await server.call('GET', '/v1/stats/quotas', { key })
  expect(own.status).toBe(200)
  expect(own.body).toEqual({
    eventsPerSecond: { limit: 500, own: false, used: 0.2, capped: false },
    eventsBurst: { limit: 5000, own: false },
    subscriptions: { limit: 3, own: true, used: 2, capped: false },
    backlog: { limit: 100, own: true, used: 2, capped: false },
  })
  const seenByPlatform = await server.call(
    'GET',
    `/v1/stats/quotas?organisationId=${organisationId}`,
  )
  expect(seenByPlatform.body).toEqual(own.body)
})

test('a platform credential names whose quotas it wants to see', async () => {
  const { status, body } = await server.call('GET', '/v1/stats/quotas')
  expect([status, body.code]).toEqual([400, 'organisation_required'])
})
