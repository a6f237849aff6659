import { afterAll, beforeAll, expect, test } from 'vitest'
import { version } from '../../server/kernel/version.ts'
import { createTestPosthorn } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>

beforeAll(async () => {
  server = await createTestPosthorn()
})

afterAll(() => server.close())

const session = async (key?: string) => (await server.call('GET', '/v1/session', { key })).body

test('a platform key is told that it belongs to no organisation, and how long things are kept', async () => {
  expect(await session()).toEqual({
    kind: 'api_key',
    id: expect.any(String),
    name: 'bootstrap',
    organisationId: null,
    organisation: null,
    scopes: ['admin'],
    expiresAt: null,
    allowedOrigins: null,
    serverTime: expect.any(String),
    version,
    retentionDays: { events: 3, deliveries: 3 },
  })
})

test("an organisation's credentials are told its name, and when they expire", async () => {
  const { organisationId, key } = await server.createOrganisation(['admin'])
  expect((await session(key)).organisation).toEqual({ id: organisationId, name: null })
  await server.call('PUT', `/v1/organisations/${organisationId}`, { body: { name: 'Ours' } })
  const expiresAt = '2100-01-01T00:00:00.000Z'
  const created = await server.call('POST', '/v1/api-keys', {
    key,
    body: { name: 'n8n', scopes: ['events:read'], expiresAt },
  })
  expect(await session(created.body.apiKey)).toMatchObject({
    id: created.body.id,
    name: 'n8n',
    organisation: { id: organisationId, name: 'Ours' },
    scopes: ['events:read'],
    expiresAt,
  })
})

test('a portal token is told whose pages may use it', async () => {
  const allowedOrigins = ['https://app.example.com']
  const { organisationId } = await server.createOrganisation()
  const { body } = await server.call('POST', '/v1/portal-tokens', {
    body: { organisationId, allowedOrigins },
  })
  expect(await session(body.token)).toMatchObject({ name: null, allowedOrigins })
})
