import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestPosthorn, platformKey } from '../support/create-test-posthorn.ts'
import { operations } from '../support/openapi.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let organisationId: string

beforeAll(async () => {
  server = await createTestPosthorn()
  organisationId = (await server.createOrganisation()).organisationId
})

afterAll(() => server.close())

const ofApi = operations.filter(({ path }) => path.startsWith('/v1/'))

/** Whatever a handler makes of it; bodies are empty objects, ids are those of nothing. */
async function ask(method: string, path: string, headers: Record<string, string>) {
  const filled = path.replace(/\{\w+\}/, randomUUID())
  const query =
    method === 'GET' && path !== '/v1/session' ? `?organisationId=${organisationId}` : ''
  const response = await server.posthorn.fetch(
    new Request(`http://posthorn.test${filled}${query}`, {
      method,
      headers,
      ...(method === 'GET' || method === 'DELETE' ? {} : { body: '{}' }),
    }),
  )
  await response.body?.cancel()
  return response
}

const authorization = `Bearer ${platformKey}`

test('every answer of the API is kept by nobody, taken for nothing else, framed nowhere, and sets no cookie', async () => {
  const statuses = new Set<number>()
  for (const { method, path } of ofApi) {
    for (const credentials of [{ authorization }, {}]) {
      const headers = { 'content-type': 'application/json', ...credentials }
      const response = await ask(method, path, headers)
      statuses.add(response.status)
      const name = `${method} ${path} → ${response.status}`
      expect(response.headers.has('set-cookie'), name).toBe(false)
      expect(response.headers.get('cache-control'), name).toMatch(/no-store/)
      expect(response.headers.get('x-content-type-options'), name).toBe('nosniff')
      expect(response.headers.get('referrer-policy'), name).toBe('no-referrer')
      expect(response.headers.get('cross-origin-resource-policy'), name).toBe('same-origin')
      expect(response.headers.get('content-security-policy'), name).toBe(
        "default-src 'none'; frame-ancestors 'none'",
      )
    }
  }
  expect([...statuses]).toEqual(expect.arrayContaining([200, 401, 404, 422]))
})

test('what a form or a page of another site can send without asking first opens nothing and changes nothing', async () => {
  const before = await server.call('GET', '/v1/audit')
  for (const { method, path } of ofApi.filter((one) => one.method !== 'GET')) {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      // A browser would send cookies along; nothing reads them.
      const headers = {
        'content-type': type,
        cookie: `token=${platformKey}`,
        origin: 'https://evil.example',
      }
      const response = await ask(method, path, headers)
      expect(response.status, `${method} ${path} as ${type}`).toBe(401)
    }
  }
  expect((await server.call('GET', '/v1/audit')).body).toEqual(before.body)
})

test('a body that is not said to be JSON is refused even with credentials', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json-seq']) {
    const headers = { authorization, 'content-type': type }
    expect((await ask('POST', '/v1/events', headers)).status, type).toBe(415)
    expect((await ask('PUT', '/v1/organisations/{id}', headers)).status, type).toBe(415)
  }
})

test('pages of origins that were not named get no permission to read, not even to ask', async () => {
  const named = await createTestPosthorn({ corsOrigins: ['https://app.example.com'] })
  try {
    for (const origin of ['https://evil.example', 'null', 'https://app.example.com.evil.example']) {
      const headers = { origin, 'access-control-request-method': 'POST' }
      const url = 'http://posthorn.test/v1/events'
      const asked = await named.posthorn.fetch(new Request(url, { method: 'OPTIONS', headers }))
      expect(asked.headers.get('access-control-allow-origin'), origin).toBeNull()
      expect(asked.headers.has('access-control-allow-credentials')).toBe(false)
    }
  } finally {
    await named.close()
  }
})
