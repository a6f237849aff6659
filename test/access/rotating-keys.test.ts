import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestPosthorn } from '../support/create-test-posthorn.ts'

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

async function createKey(more: object = {}): Promise<{ id: string; apiKey: string }> {
  const { body } = await server.call('POST', '/v1/api-keys', {
    body: { organisationId: randomUUID(), name: 'n8n', scopes: ['admin'], ...more },
  })
  return body
}

const rotate = (id: string, body?: object, key?: string) =>
  server.call('POST', `/v1/api-keys/${id}/rotate`, { body, key })
const session = (key: string) => server.call('GET', '/v1/session', { key })
const statusOf = async (key: string) => (await session(key)).status

test('a rotated key and the one before it are the same key for a day', async () => {
  const { id, apiKey: before } = await createKey()
  const { body } = await rotate(id)
  expect(body).toMatchObject({ id, name: 'n8n', prefix: before.slice(0, 15), scopes: ['admin'] })
  expect(body.apiKey).not.toBe(before)
  expect(Date.parse(body.previousSecretExpiresAt) - Date.now()).toBeGreaterThan(86_000_000)
  const [now, earlier] = [(await session(body.apiKey)).body, (await session(before)).body]
  expect([now.id, now.expiresAt]).toEqual([id, null])
  expect([earlier.id, earlier.expiresAt]).toEqual([id, body.previousSecretExpiresAt])
})

test('without overlap the one before ends at once', async () => {
  const { id, apiKey: before } = await createKey()
  expect(await statusOf(before)).toBe(200)
  const { body } = await rotate(id, { overlapSeconds: 0 })
  expect(body.previousSecretExpiresAt).toBeNull()
  expect([await statusOf(before), await statusOf(body.apiKey)]).toEqual([401, 200])
})

test('when its time is over the one before ends, and the key stays', async () => {
  const { id, apiKey: before } = await createKey()
  const { body } = await rotate(id)
  await sql`update api_keys set previous_secret_expires_at = now() where id = ${id}`
  expect([await statusOf(before), await statusOf(body.apiKey)]).toEqual([401, 200])
})

test('two rotations leave the last two; revoking ends both', async () => {
  const { id, apiKey: first } = await createKey()
  const { body: second } = await rotate(id)
  const { body: third } = await rotate(id)
  const all = async () => Promise.all([first, second.apiKey, third.apiKey].map(statusOf))
  expect(await all()).toEqual([401, 200, 200])
  await server.call('DELETE', `/v1/api-keys/${id}`)
  expect(await all()).toEqual([401, 401, 401])
})

test('a key that expires still does, whichever secret it is used with', async () => {
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString()
  const { id, apiKey: before } = await createKey({ expiresAt })
  const { body } = await rotate(id)
  for (const key of [before, body.apiKey])
    expect((await session(key)).body.expiresAt).toBe(expiresAt)
})

test('a key that has expired is refused, whichever secret it is used with, and gets no new one', async () => {
  const { id, apiKey: before } = await createKey({ expiresAt: '2100-01-01T00:00:00Z' })
  const { body } = await rotate(id)
  await sql`update api_keys set expires_at = now() where id = ${id}`
  expect([await statusOf(before), await statusOf(body.apiKey)]).toEqual([401, 401])
  expect((await rotate(id)).body.code).toBe('api_key_ended')
})

test('a key that was revoked is not given a new life, and one of others is not found', async () => {
  const { id } = await createKey()
  const { apiKey: stranger } = await createKey()
  expect((await rotate(id, {}, stranger)).status).toBe(404)
  await server.call('DELETE', `/v1/api-keys/${id}`)
  expect((await rotate(id)).body.code).toBe('api_key_ended')
  expect((await rotate(randomUUID())).status).toBe(404)
})

test('neither the digest of the secret nor of the one before is in any list', async () => {
  const { id } = await createKey()
  await rotate(id)
  const { body } = await server.call('GET', '/v1/api-keys')
  const [row] = await sql<{ digests: string[] }[]>`
    select array[secret_digest, previous_secret_digest] as digests from api_keys where id = ${id}`
  for (const digest of row?.digests ?? []) expect(JSON.stringify(body)).not.toContain(digest)
  expect(row?.digests).toHaveLength(2)
})
