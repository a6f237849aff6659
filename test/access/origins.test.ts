import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestPosthorn, platformKey } from '../support/create-test-posthorn.ts'

const [page, stranger] = ['https://app.example.com', 'https://evil.example']
let server: Awaited<ReturnType<typeof createTestPosthorn>>

beforeAll(async () => {
  server = await createTestPosthorn({ corsOrigins: [page] })
})

afterAll(() => server.close())

const send = async (method: string, headers: Record<string, string>) =>
  server.posthorn.fetch(new Request('http://posthorn.test/v1/session', { method, headers }))

const asking = (origin: string) => ({
  origin,
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'authorization,content-type',
})

test('a browser may ask without credentials what a page of a known origin may send', async () => {
  const { status, headers } = await send('OPTIONS', asking(page))
  expect(status).toBe(204)
  expect(headers.get('access-control-allow-origin')).toBe(page)
  expect(headers.get('access-control-allow-methods')).toBe('GET,POST,PUT,PATCH,DELETE')
  expect(headers.get('access-control-allow-headers')).toContain('authorization')
  expect(headers.get('access-control-allow-credentials')).toBeNull()
})

test('a page of another origin is told nothing', async () => {
  const preflight = await send('OPTIONS', asking(stranger))
  expect(preflight.headers.get('access-control-allow-origin')).toBeNull()
  const answer = await send('GET', { origin: stranger, authorization: `Bearer ${platformKey}` })
  expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  expect(answer.headers.get('vary')).toContain('Origin')
})

test('a page reads answers and refusals alike, and what names the request', async () => {
  for (const authorization of [`Bearer ${platformKey}`, 'Bearer ph_no']) {
    const { headers } = await send('GET', { origin: page, authorization })
    expect(headers.get('access-control-allow-origin')).toBe(page)
    expect(headers.get('access-control-expose-headers')).toBe(
      'x-request-id,retry-after,ratelimit,ratelimit-policy,idempotency-replayed',
    )
    expect(headers.get('x-request-id')).toBeTruthy()
  }
})

test('nothing is allowed where no origin was configured', async () => {
  const plain = await createTestPosthorn()
  const request = new Request('http://posthorn.test/v1/session', { headers: { origin: page } })
  const { headers } = await plain.posthorn.fetch(request)
  expect(headers.get('access-control-allow-origin')).toBeNull()
  await plain.close()
})

test('a portal token is of use to scripts of its origins and of our own, and to no others', async () => {
  const codeFor = async (allowedOrigins: string[], headers: Record<string, string>) => {
    const { body } = await server.call('POST', '/v1/portal-tokens', {
      body: { organisationId: randomUUID(), allowedOrigins },
    })
    const answer = await server.call('GET', '/v1/session', { key: body.token, headers })
    return [answer.status, answer.body.code]
  }
  const refused = [403, 'origin_not_allowed']
  const passed = [200, undefined]
  expect(await codeFor([page], { origin: page })).toEqual(passed)
  expect(await codeFor([page], { origin: stranger })).toEqual(refused)
  for (const lookalike of [`${page}.evil.example`, `${page}:8443`, page.slice(0, -1)])
    expect(await codeFor([page], { origin: lookalike }), lookalike).toEqual(refused)
  expect(await codeFor([], { origin: page })).toEqual(refused)
  expect(await codeFor([page], { origin: 'null' })).toEqual(refused)
  // The scheme is that of the proxy before us.
  expect(await codeFor([page], { origin: 'https://posthorn.test' })).toEqual(passed)
  expect(await codeFor([page], { origin: 'http://posthorn.test:81' })).toEqual(refused)
  const from = (site: string) => ({ origin: 'https://public.example', 'sec-fetch-site': site })
  expect(await codeFor([], from('same-origin'))).toEqual(passed)
  expect(await codeFor([], from('same-site'))).toEqual(refused)
  expect(await codeFor([page], {})).toEqual(passed)
})

test('an API key is of use wherever it is', async () => {
  expect((await server.call('GET', '/v1/session', { headers: { origin: stranger } })).status).toBe(
    200,
  )
})
