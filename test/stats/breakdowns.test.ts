import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'
import { behaviours, type Receiver, startReceiver } from '../support/receiver.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let receiver: Receiver

beforeAll(async () => {
  receiver = await startReceiver()
  server = await createTestPosthorn({ dispatcher: { retryScheduleSeconds: [1] } })
})

afterAll(async () => {
  await server.close()
  await receiver.close()
})

const add = (counts: number[]) => counts.reduce((sum, count) => sum + count, 0)
const get = async (path: string, key?: string) => (await server.call('GET', path, { key })).body

/** An organisation with these events delivered to `path`; the counts are written when the dispatcher has stopped. */
async function deliver(path: string, eventTypes: string[]) {
  const { organisationId, key } = await server.createOrganisation()
  const body = { url: receiver.url(path) }
  await server.call('POST', '/v1/subscriptions', { key, body })
  for (const eventType of eventTypes) {
    await server.call('POST', '/v1/events', { key, body: issueEvent({ eventType }) })
  }
  for (;;) {
    const { data } = await get('/v1/deliveries?status=succeeded,failed', key)
    if (data.length === eventTypes.length) return { organisationId, key }
  }
}

test('organisations and event types are told by what was delivered for them, the busiest first', async () => {
  await server.posthorn.dispatcher.start()
  receiver.behave('/broken', behaviours.status(404))
  const quiet = await deliver('/fine', ['IssueCreated'])
  const busy = await deliver('/fine', ['IssueCreated', 'IssueStatusChanged', 'IssueCreated'])
  const broken = await deliver('/broken', ['IssueStatusChanged'])
  await server.posthorn.dispatcher.stop()
  await server.call('PUT', `/v1/organisations/${busy.organisationId}`, { body: { name: 'Busy' } })

  const organisations = await get('/v1/stats/organisations')
  expect(organisations.interval).toBe('hour')
  const told = new Map<string, { attempts: { total: number } }>(
    organisations.data.map((one: { organisationId: string }) => [one.organisationId, one]),
  )
  expect([...told.keys()]).toHaveLength(3)
  expect(organisations.data[0]).toMatchObject({
    organisationId: expect.any(String),
    attempts: { total: 3, succeeded: 3 },
    succeeded: 3,
    failed: 0,
    successRate: 1,
    name: 'Busy',
  })
  // The one that fails is tried again: two attempts of one delivery.
  expect(told.get(broken.organisationId)).toMatchObject({
    attempts: { total: 2, clientError: 2 },
    failed: 1,
    successRate: 0,
    name: null,
  })
  expect(told.get(quiet.organisationId)).toMatchObject({ attempts: { total: 1 } })
  for (const { sparkline, attempts } of organisations.data) {
    expect(sparkline.succeeded).toHaveLength(25)
    expect(add(sparkline.succeeded)).toBe(attempts.succeeded)
    expect(add(sparkline.failed)).toBe(attempts.total - attempts.succeeded)
  }
  const [first, ...others] = (await get('/v1/stats/organisations?limit=1')).data
  expect([first.organisationId, others]).toEqual([busy.organisationId, []])

  const types = (body: { data: { eventType: string; attempts: { total: number } }[] }) =>
    body.data.map((one) => [one.eventType, one.attempts.total])
  expect(types(await get('/v1/stats/event-types', busy.key))).toEqual([
    ['IssueCreated', 2],
    ['IssueStatusChanged', 1],
  ])
  const ofAll = await get('/v1/stats/event-types')
  expect(types(ofAll)).toEqual([
    ['IssueCreated', 3],
    ['IssueStatusChanged', 3],
  ])
  expect(ofAll.data[1]).toMatchObject({ succeeded: 1, failed: 1 })
  expect(add(ofAll.data[1].sparkline.failed)).toBe(2)
  const named = await get(`/v1/stats/event-types?organisationId=${broken.organisationId}&limit=1`)
  expect(types(named)).toEqual([['IssueStatusChanged', 2]])
})

test('what lies outside of the range is not told', async () => {
  const range = 'since=2020-01-01T00:00:00Z&until=2020-01-20T00:00:00Z'
  const organisations = await get(`/v1/stats/organisations?${range}`)
  expect([organisations.interval, organisations.data]).toEqual(['day', []])
  expect((await get(`/v1/stats/event-types?${range}`)).data).toEqual([])
})

test('an organisation sees no figures of the others', async () => {
  const { key } = await server.createOrganisation(['admin'])
  const answer = await server.call('GET', '/v1/stats/organisations', { key })
  expect([answer.status, answer.body.code]).toEqual([403, 'platform_credential_required'])
  expect((await get('/v1/stats/event-types', key)).data).toEqual([])
})
