import { afterAll, beforeAll, expect, test } from 'vitest'
import { planAttempts } from '../../server/deliveries/plan-attempts.ts'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'
import { behaviours, type Receiver, startReceiver } from '../support/receiver.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let receiver: Receiver

beforeAll(async () => {
  server = await createTestPosthorn({ dispatcher: { retryScheduleSeconds: [1] } })
  await server.posthorn.dispatcher.start()
  receiver = await startReceiver()
})

afterAll(async () => {
  await server.close()
  await receiver.close()
})

test('what is left of the schedule follows the next attempt, without jitter', () => {
  const planned = planAttempts({
    attempts: 1,
    attemptsInRun: 1,
    nextAttemptAtMs: Date.parse('2026-01-01T00:00:05.000Z'),
    scheduleSeconds: [5, 300, 1800],
  })
  expect(planned).toEqual([
    { number: 2, at: '2026-01-01T00:00:05.000Z' },
    { number: 3, at: '2026-01-01T00:05:05.000Z' },
    { number: 4, at: '2026-01-01T00:35:05.000Z' },
  ])
})

test('a replay has the whole schedule before it and goes on counting', () => {
  const planned = planAttempts({
    attempts: 3,
    attemptsInRun: 0,
    nextAttemptAtMs: 0,
    scheduleSeconds: [1, 1],
  })
  expect(planned.map(({ number }) => number)).toEqual([4, 5, 6])
})

test('with the schedule used up only the attempt that waits is left', () => {
  const planned = planAttempts({
    attempts: 2,
    attemptsInRun: 2,
    nextAttemptAtMs: 0,
    scheduleSeconds: [1, 1],
  })
  expect(planned.map(({ number }) => number)).toEqual([3])
})

test("a delivery tells the attempts to come by its subscription's schedule, and none once it is finished", async () => {
  const { key } = await server.createOrganisation()
  const call = (method: string, path: string, body?: unknown) =>
    server.call(method, path, { key, ...(body === undefined ? {} : { body }) })
  receiver.behave('/fails', behaviours.status(500))
  const subscribe = async (path: string, settings = {}) =>
    (await call('POST', '/v1/subscriptions', { url: receiver.url(path), ...settings })).body.id
  const failing = await subscribe('/fails', { retry: { scheduleSeconds: [600, 3600] } })
  const working = await subscribe('/works')
  await call('POST', '/v1/events', issueEvent())

  const first = await attempted(failing)
  const detail = (await call('GET', `/v1/deliveries/${first}`)).body
  expect(detail.plannedAttempts).toEqual([
    { number: 2, at: detail.nextAttemptAt },
    { number: 3, at: new Date(Date.parse(detail.nextAttemptAt) + 3_600_000).toISOString() },
  ])
  const second = await attempted(working)
  expect((await call('GET', `/v1/deliveries/${second}`)).body.plannedAttempts).toEqual([])

  async function attempted(subscriptionId: string): Promise<string> {
    const path = `/v1/deliveries?subscriptionId=${subscriptionId}&minAttempts=1`
    for (;;) {
      const [delivery] = (await call('GET', path)).body.data
      if (delivery) return delivery.id
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
})
