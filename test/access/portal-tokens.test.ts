import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestPosthorn, organisationScopes } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let sql: postgres.Sql

beforeAll(async () => {
  server = await createTestPosthorn()
  sql = postgres(server.databaseUrl, { max: 1, connection: { search_path: 'posthorn' } })
})

afterAll(async () => {
  await sql.end()
  await server.close()
})

const mint = (body: Record<string, unknown>, key?: string) =>
  server.call('POST', '/v1/portal-tokens', { body, key })
const statusWith = async (key: string) => (await server.call('GET', '/v1/session', { key })).status
const expire = (id: string, ago: string) =>
  sql`update portal_tokens set expires_at = now() - ${ago}::interval where id = ${id}`

test('a token has the scopes of the portal and an hour, and gets in as whom it was made for', async () => {
  const organisationId = randomUUID()
  const { status, body } = await mint({ organisationId, subject: 'user_4711' })
  expect(status).toBe(201)
  expect(body.token).toMatch(/^pht_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$/)
  expect(body.token.startsWith(`${body.prefix}_`)).toBe(true)
  expect(Date.parse(body.expiresAt) - Date.parse(body.createdAt)).toBe(3_600_000)
  const session = await server.call('GET', '/v1/session', { key: body.token })
  expect(session.body).toMatchObject({
    kind: 'portal_token',
    id: body.id,
    name: 'user_4711',
    organisationId,
    scopes: [
      'subscriptions:read',
      'subscriptions:write',
      'deliveries:read',
      'deliveries:replay',
      'events:read',
    ],
    expiresAt: body.expiresAt,
    allowedOrigins: [],
  })
})

test('a token is shown once and kept as a digest', async () => {
  const organisationId = randomUUID()
  const { body } = await mint({ organisationId })
  const list = await server.call('GET', `/v1/portal-tokens?organisationId=${organisationId}`)
  const secret = body.token.split('_')[2]
  expect(JSON.stringify(list.body)).not.toContain(secret)
  const rows = await sql`select t::text as text from portal_tokens t where id = ${body.id}`
  expect(rows[0]?.['text']).not.toContain(secret)
})

test.each([
  [{ scopes: ['admin'] }, 'scopes.0'],
  [{ scopes: [] }, 'scopes'],
  [{ expiresInSeconds: 3601 }, 'expiresInSeconds'],
  [{ expiresInSeconds: 0 }, 'expiresInSeconds'],
  [{ subject: 'a\nb' }, 'subject'],
  [{ allowedOrigins: ['https://a.example/'] }, 'allowedOrigins.0'],
  [{ allowedOrigins: ['*'] }, 'allowedOrigins.0'],
  [{ allowedOrigins: ['null'] }, 'allowedOrigins.0'],
  [{ allowedOrigins: ['https://*.a.example'] }, 'allowedOrigins.0'],
])('%j is refused', async (input, field) => {
  const { status, body } = await mint({ organisationId: randomUUID(), ...input })
  expect([status, body.errors[0].field]).toEqual([422, field])
})

test('a token is made with the scope admin only, by the platform or the organisation itself', async () => {
  const plain = await server.createOrganisation(organisationScopes)
  expect((await mint({}, plain.key)).body.code).toBe('scope_missing')
  const { organisationId, key } = await server.createOrganisation(['admin'])
  expect((await mint({}, key)).body.organisationId).toBe(organisationId)
  expect((await mint({ organisationId: plain.organisationId }, key)).status).toBe(404)
  expect((await mint({})).body.code).toBe('organisation_required')
})

test('a token makes no further credentials and sees no others', async () => {
  const { body } = await mint({ organisationId: randomUUID() })
  for (const path of ['/v1/portal-tokens', '/v1/api-keys']) {
    expect((await server.call('GET', path, { key: body.token })).body.code).toBe('scope_missing')
  }
  expect((await mint({}, body.token)).body.code).toBe('scope_missing')
})

test('a token that was revoked, has expired or is another does not get in', async () => {
  const organisationId = randomUUID()
  const [revoked, expired] = [await mint({ organisationId }), await mint({ organisationId })]
  expect(await statusWith(revoked.body.token)).toBe(200)
  const path = `/v1/portal-tokens/${revoked.body.id}`
  expect((await server.call('DELETE', path)).status).toBe(204)
  await expire(expired.body.id, '1 second')
  const { token } = revoked.body
  const another = token.slice(0, -1) + (token.endsWith('x') ? 'y' : 'x')
  for (const key of [token, expired.body.token, another, token.replace('pht_', 'ph_')]) {
    expect(await statusWith(key)).toBe(401)
  }
  // Again, nothing changes.
  expect((await server.call('DELETE', path)).status).toBe(204)
  expect((await server.call('DELETE', `/v1/portal-tokens/${randomUUID()}`)).status).toBe(404)
})

test('all tokens of a subject are revoked at once, and no others', async () => {
  const { organisationId, key } = await server.createOrganisation(['admin'])
  const elsewhere = await mint({ organisationId: randomUUID(), subject: 'her' })
  const [one, two, his] = [
    await mint({ organisationId, subject: 'her' }),
    await mint({ organisationId, subject: 'her' }),
    await mint({ organisationId, subject: 'him' }),
  ]
  const revokeAll = async (as?: string) =>
    (await server.call('DELETE', '/v1/portal-tokens?subject=her', { key: as })).body
  expect(await revokeAll(key)).toEqual({ revoked: 2 })
  const statuses = [one, two, his, elsewhere].map(({ body }) => statusWith(body.token))
  expect(await Promise.all(statuses)).toEqual([401, 401, 200, 200])
  expect(await revokeAll(key)).toEqual({ revoked: 0 })
  expect(await revokeAll()).toEqual({ revoked: 1 })
  expect(await statusWith(elsewhere.body.token)).toBe(401)
})

test('the list goes page by page, newest first, and shows expired ones when asked', async () => {
  const { organisationId, key } = await server.createOrganisation(['admin'])
  const ids: string[] = []
  for (let count = 0; count < 3; count++) ids.unshift((await mint({ organisationId })).body.id)
  await expire(ids[1] as string, '1 hour')
  const list = async (query: string) =>
    (await server.call('GET', `/v1/portal-tokens?${query}`, { key })).body
  const idsOf = (page: { data: { id: string }[] }) => page.data.map(({ id }) => id)
  expect(idsOf(await list(''))).toEqual([ids[0], ids[2]])
  const first = await list('expired=true&limit=2')
  expect(idsOf(first)).toEqual(ids.slice(0, 2))
  const second = await list(`expired=true&limit=2&cursor=${first.nextCursor}`)
  expect([idsOf(second), second.nextCursor]).toEqual([ids.slice(2), null])
})
