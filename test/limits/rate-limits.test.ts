import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let startedAtMs: number

beforeAll(async () => {
  // The limiter's minutes pass when a test says so.
  vi.useFakeTimers({ toFake: ['Date'] })
  startedAtMs = Date.now()
  server = await createTestPosthorn({
    rateLimits: { readsPerMinute: 3, writesPerMinute: 2, eventsPerMinute: 5, failuresPerMinute: 0 },
  })
})

afterEach(() => {
  startedAtMs += 61_000
  vi.setSystemTime(startedAtMs)
})

afterAll(async () => {
  vi.useRealTimers()
  await server.close()
})

const list = (key: string) => server.call('GET', '/v1/subscriptions', { key })
const check = (key: string) =>
  server.call('POST', '/v1/subscriptions/check-url', { key, body: { url: 'https://example.com/' } })
const post = (key: string, count?: number) =>
  count === undefined
    ? server.call('POST', '/v1/events', { key, body: issueEvent() })
    : server.call('POST', '/v1/events/batch', {
        key,
        body: { events: Array.from({ length: count }, () => issueEvent()) },
      })

test('every answer says what the limit is, what is left of it and until when', async () => {
  const { key } = await server.createOrganisation()
  const { headers } = await list(key)
  expect(headers.get('ratelimit-policy')).toBe('"reads";q=3;w=60')
  expect(headers.get('ratelimit')).toBe('"reads";r=2;t=60')
  vi.setSystemTime(Date.now() + 20_000)
  expect((await list(key)).headers.get('ratelimit')).toBe('"reads";r=1;t=40')
  const refused = await server.call('GET', '/v1/events/unknown', { key })
  expect([refused.status, refused.headers.get('ratelimit')]).toEqual([404, '"reads";r=0;t=40'])
})

test('who asks for more is refused until the minute is over, and told the limit and when to come back', async () => {
  const { key } = await server.createOrganisation()
  for (let request = 0; request < 3; request++) expect((await list(key)).status).toBe(200)
  const refused = await list(key)
  expect(refused.status).toBe(429)
  expect(refused.body).toMatchObject({
    code: 'rate_limited',
    limit: { name: 'readsPerMinute', value: 3 },
  })
  expect(refused.headers.get('retry-after')).toBe('60')
  expect(refused.headers.get('ratelimit')).toBe('"reads";r=0;t=60')
  vi.setSystemTime(Date.now() + 60_000)
  expect((await list(key)).status).toBe(200)
})

test('reads, writes and events have budgets of their own', async () => {
  const { key } = await server.createOrganisation()
  for (let request = 0; request < 3; request++) await list(key)
  expect((await list(key)).status).toBe(429)
  expect([(await check(key)).status, (await check(key)).status]).toEqual([200, 200])
  expect((await check(key)).body.limit).toEqual({ name: 'writesPerMinute', value: 2 })
  expect((await post(key)).status).toBe(202)
})

test('a batch counts its events', async () => {
  const { key } = await server.createOrganisation()
  expect((await post(key, 4)).headers.get('ratelimit')).toBe('"events";r=1;t=60')
  expect((await post(key)).headers.get('ratelimit')).toBe('"events";r=0;t=60')
  expect((await post(key)).body.limit).toEqual({ name: 'eventsPerMinute', value: 5 })
})

test('a batch of more events than are left is taken, and the next request waits', async () => {
  const { key } = await server.createOrganisation()
  const large = await post(key, 9)
  expect([large.status, large.headers.get('ratelimit')]).toEqual([200, '"events";r=0;t=60'])
  expect((await post(key)).status).toBe(429)
})

test('one credential does not use up what another has, not even of its own organisation', async () => {
  const { key, organisationId } = await server.createOrganisation()
  for (let request = 0; request < 4; request++) await list(key)
  expect((await list(key)).status).toBe(429)
  const { body: token } = await server.call('POST', '/v1/portal-tokens', {
    body: { organisationId },
  })
  expect((await list(token.token)).status).toBe(200)
  expect((await list((await server.createOrganisation()).key)).status).toBe(200)
})

test('a credential of the platform has ten times as much', async () => {
  const { headers } = await server.call('GET', '/v1/session')
  expect(headers.get('ratelimit-policy')).toBe('"reads";q=30;w=60')
})

test('0 does not limit, and says nothing', async () => {
  const unlimited = await createTestPosthorn({
    rateLimits: { readsPerMinute: 0, writesPerMinute: 0, eventsPerMinute: 0 },
  })
  try {
    const { headers } = await unlimited.call('GET', '/v1/session')
    expect([headers.has('ratelimit'), headers.has('ratelimit-policy')]).toEqual([false, false])
  } finally {
    await unlimited.close()
  }
})
