import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isActorValid } from '../../server/access/index.ts'
import type { Context } from '../../server/context.ts'
import type { Database } from '../../server/database/database.ts'
import { systemClock } from '../../server/kernel/clock.ts'
import { actorWith } from '../support/actor.ts'
import { asEngine, connectTo } from '../support/connect.ts'
import { createTestPosthorn } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let engine: Database
let context: Context

beforeAll(async () => {
  server = await createTestPosthorn()
  engine = connectTo({ url: server.databaseUrl, drop: async () => {} }, asEngine)
  context = { clock: systemClock, database: { engine } } as unknown as Context
})

afterAll(async () => {
  await engine.close()
  await server.close()
})

const organisationId = randomUUID()

test.each([
  ['api_key', '/v1/api-keys', 'api_keys', { name: 'n', scopes: ['events:read'] }],
  ['portal_token', '/v1/portal-tokens', 'portal_tokens', {}],
] as const)('%s: valid until revoked or expired', async (kind, path, table, fields) => {
  const create = async () => {
    const { body } = await server.call('POST', path, { body: { organisationId, ...fields } })
    return actorWith({ kind, id: body.id, organisationId })
  }
  const [revoked, expired] = [await create(), await create()]
  const areValid = () =>
    Promise.all([isActorValid(context, revoked), isActorValid(context, expired)])
  expect(await areValid()).toEqual([true, true])
  await server.call('DELETE', `${path}/${revoked.id}`)
  await engine.query(
    (sql) => sql`update ${sql(table)} set expires_at = now() where id = ${expired.id}`,
  )
  expect(await areValid()).toEqual([false, false])
})

test('an actor of one kind is not taken for one of another', async () => {
  const { body } = await server.call('POST', '/v1/portal-tokens', { body: { organisationId } })
  expect(await isActorValid(context, actorWith({ id: body.id, organisationId }))).toBe(false)
})

test('a JWT is valid until it expires', async () => {
  const jwt = (ms: number) =>
    actorWith({ kind: 'jwt', expiresAt: new Date(systemClock.now() + ms) })
  expect(await isActorValid(context, jwt(60_000))).toBe(true)
  expect(await isActorValid(context, jwt(-1))).toBe(false)
})
