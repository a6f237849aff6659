import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createTestPosthorn,
  issueEvent,
  organisationScopes,
} from '../support/create-test-posthorn.ts'
import { operations } from '../support/openapi.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>

beforeAll(async () => {
  server = await createTestPosthorn()
})

afterAll(() => server.close())

test('a request without a key, with a wrong one or a revoked one is turned away alike', async () => {
  const { organisationId } = await server.createOrganisation()
  const created = await server.call('POST', '/v1/api-keys', {
    body: { organisationId, name: 'short-lived', scopes: ['events:read'] },
  })
  const key = created.body.apiKey as string
  expect((await server.call('GET', '/v1/events', { key })).status).toBe(200)
  expect((await server.call('DELETE', `/v1/api-keys/${created.body.id}`)).status).toBe(204)
  for (const wrong of [key, `${key.slice(0, -1)}x`, 'ph_no', 'Basic']) {
    const answer = await server.call('GET', '/v1/events', { key: wrong })
    expect([answer.status, answer.body.code]).toEqual([401, 'credentials_invalid'])
  }
  const missing = await server.call('GET', '/v1/events', { key: '' })
  expect([missing.status, missing.body.code]).toEqual([401, 'credentials_missing'])
})

test('a key does only what its scopes allow, and is told which one it lacks', async () => {
  const { key } = await server.createOrganisation(['events:read'])
  const answer = await server.call('POST', '/v1/events', { key, body: issueEvent() })
  expect([answer.status, answer.body.code]).toEqual([403, 'scope_missing'])
  expect(answer.body.detail).toContain('events:write')
})

test("an organisation's key makes no platform key and no broader one", async () => {
  const { key, organisationId } = await server.createOrganisation(['admin'])
  const platform = await server.call('POST', '/v1/api-keys', {
    key,
    body: { organisationId: null, name: 'x', scopes: ['admin'] },
  })
  expect(platform.status).toBeGreaterThanOrEqual(400)
  const made = await server.call('POST', '/v1/api-keys', {
    key,
    body: { name: 'x', scopes: ['events:read'] },
  })
  expect(made.body.organisationId).toBe(organisationId)
  expect(
    (
      await server.call('PUT', '/v1/event-types/Mine', {
        key,
        body: { entityType: 'A', description: 'b' },
      })
    ).status,
  ).toBe(403)
})

test('a platform key names the organisation it means', async () => {
  const answer = await server.call('GET', '/v1/events')
  expect([answer.status, answer.body.code]).toEqual([400, 'organisation_required'])
})

test('no operation shows or changes anything of another organisation', async () => {
  const victim = await server.createOrganisation()
  const stranger = await server.createOrganisation([...organisationScopes, 'admin'])
  const subscription = await server.call('POST', '/v1/subscriptions', {
    key: victim.key,
    body: { url: 'https://example.com/', uid: 'theirs' },
  })
  await server.posthorn.dispatcher.start()
  const event = await server.call('POST', '/v1/events', { key: victim.key, body: issueEvent() })
  let deliveries: { id: string }[] = []
  while (deliveries.length === 0) {
    deliveries = (
      await server.call('GET', `/v1/events/${event.body.id}/deliveries`, { key: victim.key })
    ).body.data
  }
  const keys = await server.call('GET', `/v1/api-keys?organisationId=${victim.organisationId}`)
  const token = await server.call('POST', '/v1/portal-tokens', {
    body: { organisationId: victim.organisationId, subject: 'theirs' },
  })
  const ids: Record<string, string> = {
    '/v1/events': event.body.id,
    '/v1/subscriptions': subscription.body.id,
    '/v1/deliveries': deliveries[0]?.id ?? '',
    '/v1/api-keys': keys.body.data[0].id,
    '/v1/portal-tokens': token.body.id,
    '/v1/organisations': victim.organisationId,
  }
  const bodies: Record<string, unknown> = {
    'POST /v1/events': issueEvent({ organisationId: victim.organisationId }),
    'POST /v1/subscriptions': {
      url: 'https://example.com/',
      organisationId: victim.organisationId,
    },
    'POST /v1/subscriptions/preview': { organisationId: victim.organisationId },
    'PATCH /v1/subscriptions/{id}': { description: 'taken over' },
    'POST /v1/subscriptions/{id}/ack': {},
    'PUT /v1/subscriptions/{id}': { url: 'https://example.com/taken-over' },
    'POST /v1/api-keys': {
      organisationId: victim.organisationId,
      name: 'x',
      scopes: ['events:read'],
    },
    'POST /v1/portal-tokens': { organisationId: victim.organisationId },
    'PUT /v1/organisations/{id}': { name: 'taken over' },
  }
  const ofVictim = `?organisationId=${victim.organisationId}`
  const queries: Record<string, string> = {
    'DELETE /v1/portal-tokens': `${ofVictim}&subject=theirs`,
  }
  const missing = '019a9d2e-5c00-7000-8000-00000000dead'
  let swept = 0
  for (const { method, path } of operations) {
    const root = Object.keys(ids).find((prefix) => path.startsWith(prefix))
    // A batch answers item by item; a URL is nobody's.
    if (!root || path === '/v1/events/batch' || path === '/v1/subscriptions/check-url') continue
    const call = (id: string, query: string) => {
      const body = bodies[`${method} ${path}`]
      return server.call(method, path.replace('{id}', id) + query, {
        key: stranger.key,
        ...(body ? { body } : {}),
      })
    }
    const named = await call(
      ids[root] ?? '',
      queries[`${method} ${path}`] ??
        (method === 'GET' && root !== '/v1/organisations' ? ofVictim : ''),
    )
    expect([403, 404], `${method} ${path}`).toContain(named.status)
    if (path.includes('{id}')) {
      const plain = await call(ids[root] ?? '', '')
      const gone = await call(missing, '')
      const anonymous = (body: unknown, id: string) =>
        JSON.stringify({ ...(body as object), requestId: '' }).replaceAll(id, '')
      expect(anonymous(plain.body, ids[root] ?? ''), `${method} ${path}`).toBe(
        anonymous(gone.body, missing),
      )
    }
    swept++
  }
  expect(swept).toBeGreaterThan(20)
  const unchanged = await server.call('GET', `/v1/subscriptions/${subscription.body.id}`, {
    key: victim.key,
  })
  expect(unchanged.body).toMatchObject({
    description: null,
    url: 'https://example.com/',
    status: 'active',
  })
})
