import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPosthorn } from '../../server/index.ts'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'
import { encryptionKeys } from '../support/encryption-keys.ts'
import { behaviours, type Receiver, startReceiver } from '../support/receiver.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let receiver: Receiver

beforeAll(async () => {
  server = await createTestPosthorn({ dispatcher: { retryScheduleSeconds: [3600] } })
  receiver = await startReceiver()
})

afterAll(async () => {
  await server?.close()
  await receiver?.close()
})

async function createSender(path: string) {
  const { key } = await server.createOrganisation()
  const body = { url: receiver.url(path) }
  await server.call('POST', '/v1/subscriptions', { key, body })
  return {
    async post(count: number) {
      const events = Array.from({ length: count }, () => issueEvent())
      await server.call('POST', '/v1/events/batch', { key, body: { events } })
    },
    deliveries: async () => (await server.call('GET', '/v1/deliveries', { key })).body.data,
  }
}

test('a tick publishes and sends all that is due, writes it down and gives the work back', async () => {
  const sender = await createSender('/ok')
  await sender.post(40)
  expect(receiver.requests('/ok')).toEqual([])
  expect(await server.posthorn.dispatcher.tick()).toEqual({ isIdle: true })
  expect(receiver.requests('/ok')).toHaveLength(40)
  const deliveries: { status: string }[] = await sender.deliveries()
  expect(new Set(deliveries.map(({ status }) => status))).toEqual(new Set(['succeeded']))
  // Given back: another takes it over at once.
  await sender.post(1)
  const other = createPosthorn({
    ...{ database: server.databaseUrl, encryptionKeys, consoleDir: false, allowHttp: true },
    allowedNetworks: ['127.0.0.0/8'],
  })
  expect(await other.dispatcher.tick()).toEqual({ isIdle: true })
  expect(receiver.requests('/ok')).toHaveLength(41)
  await other.close()
})

test('what is to be tried again later waits for a later tick', async () => {
  receiver.behave('/failing', behaviours.status(500))
  const sender = await createSender('/failing')
  await sender.post(1)
  expect(await server.posthorn.dispatcher.tick()).toEqual({ isIdle: true })
  expect(await server.posthorn.dispatcher.tick()).toEqual({ isIdle: true })
  expect(receiver.requests('/failing')).toHaveLength(1)
  expect(await sender.deliveries()).toMatchObject([{ status: 'pending' }])
})

test('a tick whose time is over lets what is under way finish, and says that it may not be all', async () => {
  const sender = await createSender('/slow')
  let stop = () => {}
  receiver.behave('/slow', (_request, response) => {
    stop = () => response.writeHead(200).end()
  })
  await sender.post(1)
  const tick = server.posthorn.dispatcher.tick({ maxMs: 100 })
  await receiver.waitFor(1, { path: '/slow' })
  const answered = setTimeout(() => stop(), 300)
  expect(await tick).toEqual({ isIdle: false })
  clearTimeout(answered)
  expect(await sender.deliveries()).toMatchObject([{ status: 'succeeded' }])
})

test('where the dispatcher runs, a tick is refused', async () => {
  await server.posthorn.dispatcher.start()
  await expect(server.posthorn.dispatcher.tick()).rejects.toMatchObject({
    code: 'dispatcher_running',
  })
  await server.posthorn.dispatcher.stop()
})

test('told to stop while it starts, it does the one and then the other', async () => {
  const { dispatcher } = server.posthorn
  const starting = dispatcher.start()
  await dispatcher.stop()
  await starting
  // Nothing is left of it that a tick would meet.
  expect(await dispatcher.tick()).toEqual({ isIdle: true })
})
