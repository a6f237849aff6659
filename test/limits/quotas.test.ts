import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let nowMs: number

beforeAll(async () => {
  // The limiter's seconds pass when a test says so.
  vi.useFakeTimers({ toFake: ['Date'] })
  nowMs = Date.now()
  server = await createTestPosthorn({
    quotas: { eventsPerSecond: 2, eventsBurst: 1, subscriptions: 2, backlog: 0 },
  })
})

beforeEach(() => {
  nowMs += 61_000
  vi.setSystemTime(nowMs)
})

afterAll(async () => {
  vi.useRealTimers()
  await server.close()
})

const post = (key: string) => server.call('POST', '/v1/events', { key, body: issueEvent() })
const subscribe = (key: string) =>
  server.call('POST', '/v1/subscriptions', { key, body: { url: 'https://example.com/' } })
const giveQuotas = (organisationId: string, quotas: object) =>
  server.call('PUT', `/v1/organisations/${organisationId}`, { body: { name: 'Acme', quotas } })

test('an organisation may send so many events a second, and a burst beyond them; all its credentials count', async () => {
  const { key, organisationId } = await server.createOrganisation()
  const byPlatform = () =>
    server.call('POST', '/v1/events', { body: issueEvent({ organisationId }) })
  expect((await post(key)).status).toBe(202)
  expect((await byPlatform()).status).toBe(202)
  expect((await post(key)).status).toBe(202)
  const refused = await byPlatform()
  expect(refused.body).toMatchObject({
    status: 429,
    code: 'event_quota_exceeded',
    limit: { name: 'eventsPerSecond', value: 2 },
  })
  expect(refused.headers.get('retry-after')).toBe('1')
  expect((await post((await server.createOrganisation()).key)).status).toBe(202)
  vi.setSystemTime(nowMs + 1000)
  expect([(await post(key)).status, (await post(key)).status, (await post(key)).status]).toEqual([
    202, 202, 429,
  ])
})

test('in a batch the events that fit are taken, and the others are refused in their place', async () => {
  const { key } = await server.createOrganisation()
  const { status, body } = await server.call('POST', '/v1/events/batch', {
    key,
    body: { events: Array.from({ length: 5 }, () => issueEvent()) },
  })
  expect(status).toBe(200)
  const results = body.results as { status: string; problem?: object }[]
  expect(results.map((result) => result.status)).toEqual([
    ...['accepted', 'accepted', 'accepted'],
    ...['rejected', 'rejected'],
  ])
  expect(results[3]?.problem).toMatchObject({
    code: 'event_quota_exceeded',
    limit: { name: 'eventsPerSecond', value: 2 },
  })
})

test('an organisation may have so many subscriptions; deleted ones do not count, revived ones do', async () => {
  const { key } = await server.createOrganisation()
  const put = (uid: string) =>
    server.call('PUT', `/v1/subscriptions/uid:${uid}`, {
      key,
      body: { url: 'https://example.com/' },
    })
  const remove = (ref: string) => server.call('DELETE', `/v1/subscriptions/${ref}`, { key })
  await put('one')
  const { body: two } = await subscribe(key)
  const refused = await subscribe(key)
  expect(refused.body).toMatchObject({
    status: 409,
    code: 'subscription_quota_exceeded',
    limit: { name: 'subscriptions', value: 2 },
  })
  expect((await put('three')).status).toBe(409)
  expect((await put('one')).status).toBe(200)
  await remove('uid:one')
  expect((await subscribe(key)).status).toBe(201)
  expect((await put('one')).status).toBe(409)
  await remove(two.id)
  expect((await put('one')).status).toBe(200)
})

test('of subscriptions that are made at once no more are made than may be', async () => {
  const { key } = await server.createOrganisation()
  const answers = await Promise.all(Array.from({ length: 6 }, () => subscribe(key)))
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(2)
})

test('the platform gives an organisation quotas of its own, for this process at once, and takes them back', async () => {
  const { key, organisationId } = await server.createOrganisation()
  const { body } = await giveQuotas(organisationId, { eventsPerSecond: 4, subscriptions: 0 })
  expect(body.quotas).toEqual({
    eventsPerSecond: 4,
    eventsBurst: null,
    subscriptions: 0,
    backlog: null,
  })
  for (let event = 0; event < 5; event++) expect((await post(key)).status).toBe(202)
  expect((await post(key)).body.limit.value).toBe(4)
  for (let made = 0; made < 3; made++) expect((await subscribe(key)).status).toBe(201)
  const back = await giveQuotas(organisationId, { subscriptions: null })
  expect(back.body.quotas).toMatchObject({ eventsPerSecond: 4, subscriptions: null })
  expect((await subscribe(key)).status).toBe(409)
  const renamed = await server.call('PUT', `/v1/organisations/${organisationId}`, {
    body: { name: 'Ours' },
  })
  expect(renamed.body.quotas.eventsPerSecond).toBe(4)
})

test('an organisation cannot give itself quotas', async () => {
  const { key, organisationId } = await server.createOrganisation(['admin'])
  const named = (body: object) =>
    server.call('PUT', `/v1/organisations/${organisationId}`, { key, body })
  expect((await named({ name: 'Ours', quotas: { subscriptions: 0 } })).body.code).toBe(
    'platform_credential_required',
  )
  expect((await named({ name: 'Ours' })).status).toBe(200)
})
