import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestPosthorn } from '../support/create-test-posthorn.ts'
import { createOrganisation, until } from '../support/organisation.ts'
import { behaviours, type Receiver, startReceiver } from '../support/receiver.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let receiver: Receiver
const changes: { subscriptionId: string; breaker: string; before: string }[] = []

const log = {
  debug() {},
  warn() {},
  error() {},
  info(fields: object, message: string) {
    if (message === 'a breaker changed') changes.push(fields as (typeof changes)[number])
  },
}

beforeAll(async () => {
  server = await createTestPosthorn({
    log,
    dispatcher: {
      concurrencyMax: 32,
      probeAfterMs: 250,
      retryScheduleSeconds: [1, 1, 1],
      drainMs: 100,
    },
  })
  await server.posthorn.dispatcher.start()
  receiver = await startReceiver()
})

afterAll(async () => {
  await receiver.close()
  await server.close()
})

test('an organisation with many endpoints that hang delays nobody else', async () => {
  const noisy = await createOrganisation(server, receiver)
  const hanging = await Promise.all(
    Array.from({ length: 20 }, () => noisy.subscribe({ timeoutMs: 60_000 })),
  )
  for (const { path } of hanging) receiver.behave(path, behaviours.hang())
  await noisy.postMany(100)
  const underWay = () => hanging.reduce((sum, { path }) => sum + receiver.requests(path).length, 0)
  await until(() => underWay() >= 10)
  const calm = await createOrganisation(server, receiver)
  const { path } = await calm.subscribe()
  for (let round = 0; round < 5; round++) await calm.postMany(20)
  await receiver.waitFor(100, { path })
  // None of the 2,000 has ended, and they have less than half of what may be under way.
  expect(underWay()).toBeLessThanOrEqual(16)
  for (const { id } of hanging)
    await server.call('DELETE', `/v1/subscriptions/${id}`, { key: noisy.key })
})

test('a platform subscription with a long backlog delays no organisation, and takes its own turns', async () => {
  const own = await createOrganisation(server, receiver)
  const { path } = await own.subscribe()
  const { body } = await server.call('POST', '/v1/subscriptions', {
    body: { organisationId: null, url: receiver.url('/platform') },
  })
  receiver.behave('/platform', behaviours.slow(100))
  await own.postMany(300)
  await receiver.waitFor(300, { path })
  expect(receiver.requests('/platform').length).toBeLessThan(300)
  await server.call('DELETE', `/v1/subscriptions/${body.id}`)
})

test('a receiver that fails is probed, not stormed; what waits keeps its schedule and goes when it is back', async () => {
  const own = await createOrganisation(server, receiver)
  const { id, path } = await own.subscribe({ retry: { scheduleSeconds: [60, 60, 60] } })
  receiver.behave(path, behaviours.status(500))
  const ids = []
  for (let round = 0; round < 3; round++) ids.push(...(await own.postMany(100)))
  // Ten failures open it; what was under way then may fail as well; then one probe at a time.
  const probes = () =>
    changes.filter((one) => one.subscriptionId === id && one.before === 'probing')
  await until(() => probes().length >= 3)
  const failedMax = 14 + probes().length + 1
  expect(receiver.requests(path).length).toBeLessThanOrEqual(failedMax)
  receiver.behave(path, behaviours.ok())
  const failed = new Set(receiver.requests(path).map((request) => request.webhookId))
  const waited = ids.filter((one) => !failed.has(one))
  const arrived = () => new Set(receiver.requests(path).map((request) => request.webhookId))
  await until(() => waited.every((one) => arrived().has(one)))
  expect(changes.at(-1)).toMatchObject({ subscriptionId: id, breaker: 'closed' })
  const recorded = async () =>
    (await own.deliveries(id)).filter((one) => waited.includes(one.eventId))
  await until(async () => (await recorded()).every((one) => one.status === 'succeeded'))
  for (const delivery of await recorded()) expect(delivery.attempts).toBe(1)
})

test('a rate limit holds in every half second', async () => {
  const own = await createOrganisation(server, receiver)
  const { path } = await own.subscribe({ rateLimit: 100 })
  await own.postMany(75)
  await own.postMany(75)
  const requests = await receiver.waitFor(150, { path })
  const times = requests.map((request) => request.atMs)
  for (const from of times) {
    const within = times.filter((at) => at >= from && at < from + 500).length
    // 50, a burst of 10, and what the machine may have held up.
    expect(within).toBeLessThanOrEqual(90)
  }
})

test('429 with Retry-After pauses the whole subscription for that long, and no other', async () => {
  const own = await createOrganisation(server, receiver)
  const { id, path } = await own.subscribe()
  const other = await own.subscribe()
  let asked = false
  receiver.behave(path, (_request, response) => {
    response.writeHead(asked ? 200 : 429, asked ? {} : { 'retry-after': '2' }).end()
    asked = true
  })
  await own.postMany(1)
  const [first] = await receiver.waitFor(1, { path })
  await receiver.waitFor(1, { path: other.path })
  // The answer has been read when its result is written.
  await until(async () => (await own.deliveries(id))[0]?.attempts === 1)
  await own.postMany(10)
  await receiver.waitFor(11, { path: other.path })
  const requests = await receiver.waitFor(12, { path })
  expect((requests[1]?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(1990)
})
