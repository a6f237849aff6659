import { randomUUID } from 'node:crypto'
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

async function createOrganisation() {
  const { organisationId, key } = await server.createOrganisation()
  const get = async (path: string) => (await server.call('GET', path, { key })).body
  return {
    organisationId,
    key,
    get,
    async subscribe(path: string, settings: Record<string, unknown> = {}): Promise<string> {
      const body = { url: receiver.url(path), ...settings }
      return (await server.call('POST', '/v1/subscriptions', { key, body })).body.id
    },
    async post(more: Record<string, unknown> = {}) {
      const answer = await server.call('POST', '/v1/events', { key, body: issueEvent(more) })
      expect(answer.status).toBe(202)
    },
    async finished(subscriptionId: string, count: number) {
      for (;;) {
        const { data } = await get(`/v1/deliveries?subscriptionId=${subscriptionId}`)
        const ended = data.filter((one: { status: string }) => one.status !== 'pending')
        if (ended.length === count) return ended as { attempts: number; status: string }[]
      }
    },
  }
}

test('what charts show is what the log holds, retries included, and nothing of others', async () => {
  const own = await createOrganisation()
  const other = await createOrganisation()
  await server.posthorn.dispatcher.start()
  const good = await own.subscribe('/good')
  const flaky = await own.subscribe('/flaky', { eventTypes: ['IssueStatusChanged'] })
  const dead = await own.subscribe('/dead', { eventTypes: ['IssueStatusChanged'] })
  receiver.behave('/flaky', behaviours.failFirst(1, 500))
  receiver.behave('/dead', behaviours.status(404))
  await own.post()
  await own.post({ eventType: 'IssueCreated' })
  const theirs = await other.subscribe('/theirs')
  await other.post()
  await own.finished(good, 2)
  await own.finished(flaky, 1)
  await own.finished(dead, 1)
  await other.finished(theirs, 1)
  // Stopping writes the last counts.
  await server.posthorn.dispatcher.stop()

  for (const interval of ['minute', 'hour', 'day']) {
    const chart = await own.get(`/v1/stats/deliveries?interval=${interval}&since=${hoursAgo(2)}`)
    expect(chart.totals).toMatchObject({
      attempts: { total: 6, succeeded: 3, serverError: 1, clientError: 2 },
      succeeded: 3,
      failed: 1,
      successRate: 0.5,
      p99Ms: expect.any(Number),
    })
    expect(chart.previous).toMatchObject({ attempts: { total: 0 }, p50Ms: null })
    const sum = chart.points.reduce(
      (sum: number, point: { attempts: { total: number } }) => sum + point.attempts.total,
      0,
    )
    expect(sum).toBe(6)
  }
  const narrowed = async (query: string) =>
    (await own.get(`/v1/stats/deliveries?${query}`)).totals.attempts.total
  expect(await narrowed(`subscriptionId=${good}`)).toBe(2)
  expect(await narrowed('eventType=IssueCreated')).toBe(1)
  expect(await narrowed(`subscriptionId=${good}&eventType=IssueCreated`)).toBe(1)
  expect(await narrowed(`subscriptionId=${theirs}`)).toBe(0)

  const list = await own.get('/v1/stats/subscriptions')
  expect(list.data.map((one: { subscriptionId: string }) => one.subscriptionId)).toEqual([
    dead,
    flaky,
    good,
  ])
  expect(list.data[1]).toMatchObject({ succeeded: 1, successRate: 0.5 })
  const named = await own.get(`/v1/stats/subscriptions?subscriptionId=${flaky},${theirs}`)
  expect(named.data).toEqual([list.data[1]])
  for (const { sparkline } of list.data) {
    expect(sparkline.succeeded).toHaveLength(25)
  }
  const add = (counts: number[]) => counts.reduce((sum, count) => sum + count, 0)
  expect(add(list.data[1].sparkline.succeeded)).toBe(1)
  expect(add(list.data[1].sparkline.failed)).toBe(1)

  const platform = await server.call('GET', '/v1/stats/deliveries')
  expect(platform.body.totals.attempts.total).toBe(7)
  const ofOther = await server.call(
    'GET',
    `/v1/stats/deliveries?organisationId=${other.organisationId}`,
  )
  expect(ofOther.body.totals.attempts.total).toBe(1)
  const foreign = await server.call(
    'GET',
    `/v1/stats/deliveries?organisationId=${other.organisationId}`,
    { key: own.key },
  )
  expect(foreign.status).toBe(404)
})

test('a chart has a point for every interval, also where nothing happened', async () => {
  const { get } = await createOrganisation()
  const chart = await get(
    '/v1/stats/deliveries?since=2020-01-01T10:20:00Z&until=2020-01-03T00:00:00Z',
  )
  expect(chart.interval).toBe('hour')
  expect(chart.points).toHaveLength(38)
  expect(chart.points[0]).toMatchObject({ at: '2020-01-01T10:00:00.000Z', attempts: { total: 0 } })
  expect(chart.previous).toBeNull()
})

test('a range that cannot be drawn is refused, and the field is named', async () => {
  const { key } = await createOrganisation()
  const answer = await server.call(
    'GET',
    '/v1/stats/deliveries?since=2020-01-01T00:00:00Z&interval=hour',
    { key },
  )
  expect([answer.status, answer.body.code, answer.body.errors[0].field]).toEqual([
    422,
    'validation_failed',
    'interval',
  ])
})

test('the queue tells what is due, what comes later and what is held, per organisation', async () => {
  const own = await createOrganisation()
  const empty = await own.get('/v1/stats/queue')
  expect(empty).toEqual({
    pending: 0,
    capped: false,
    due: 0,
    scheduled: 0,
    held: 0,
    oldestDueSeconds: null,
  })
  const failing = await own.subscribe('/unavailable', { retry: { scheduleSeconds: [3600] } })
  const paused = await own.subscribe('/paused')
  await server.call('POST', `/v1/subscriptions/${paused}/pause`, { key: own.key })
  receiver.behave('/unavailable', behaviours.status(503))
  await server.posthorn.dispatcher.start()
  await own.post()
  await own.post()
  let queue = await own.get('/v1/stats/queue')
  while (queue.scheduled < 2) queue = await own.get('/v1/stats/queue')
  expect(queue).toMatchObject({ pending: 4, due: 0, scheduled: 2, held: 2, oldestDueSeconds: null })
  await server.posthorn.dispatcher.stop()
  await own.post({ entityId: randomUUID() })
  // Nobody publishes or sends while the dispatcher rests: what was posted is due as soon as it is queued.
  await server.call('POST', `/v1/subscriptions/${paused}/resume`, { key: own.key })
  queue = await own.get('/v1/stats/queue')
  expect(queue).toMatchObject({
    due: expect.any(Number),
    held: 0,
    oldestDueSeconds: expect.any(Number),
  })
  expect(queue.due).toBeGreaterThanOrEqual(2)
  const platform = await server.call('GET', '/v1/stats/queue')
  expect(platform.body.pending).toBeGreaterThanOrEqual(queue.pending)
  expect((await (await createOrganisation()).get('/v1/stats/queue')).pending).toBe(0)
  void failing
})

function hoursAgo(hours: number): string {
  return encodeURIComponent(new Date(Date.now() - hours * 3_600_000).toISOString())
}
