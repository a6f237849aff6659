import { randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestPosthorn } from '../support/create-test-posthorn.ts'
import { operations } from '../support/openapi.ts'

const secret = 'of-the-host-and-long-enough-for-it'
let server: Awaited<ReturnType<typeof createTestPosthorn>>

beforeAll(async () => {
  server = await createTestPosthorn({ jwt: { issuer: 'host', audience: 'posthorn', secret } })
})

afterAll(() => server.close())

test('whoever has no scope at all reads who they are and the catalogue, which is the same for all, and nothing else', async () => {
  const key = await new SignJWT({ organisation_id: randomUUID() })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('host')
    .setAudience('posthorn')
    .setSubject('mia')
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret))
  const ofApi = operations.filter(({ path }) => path.startsWith('/v1/'))
  const passed: string[] = []
  for (const { method, path } of ofApi) {
    const filled = path.replace(/\{\w+\}/, randomUUID())
    const hasBody = method !== 'GET' && method !== 'DELETE'
    const { body } = await server.call(method, filled, { key, ...(hasBody && { body: {} }) })
    if (body?.code !== 'scope_missing') passed.push(`${method} ${path}`)
  }
  expect(passed.toSorted()).toEqual([
    'GET /v1/event-types',
    'GET /v1/event-types/{name}',
    'GET /v1/session',
  ])
})
