import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'

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
