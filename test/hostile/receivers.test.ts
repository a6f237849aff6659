import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { type Certificates, makeCertificates } from './certificates.ts'
import type { Enclosure } from './enclosure.ts'
import { animals } from './receiver-zoo.ts'

const events = 2
/** What sockets and the kernel hold between us and a receiver that floods us; a multiple of what is read. */
const takenMaxBytes = 32 << 20

interface Visit {
  outcome: string
  statusCode: number | null
  error: string | null
  bodyBytes: number
}

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let receiver: Receiver
let healthyId: string
const enclosures = new Map<string, Enclosure>()
const visits = new Map<string, Visit[]>()

/** Every animal hears of every event, in one organisation, beside a receiver that is well. */
beforeAll(async () => {
  const certificates: Certificates = await makeCertificates(Date.now())
  server = await createTestPosthorn()
  receiver = await startReceiver()
  const { key } = await server.createOrganisation()
  const call = (method: string, path: string, body?: unknown) =>
    server.call(method, path, { key, body })
  // Whoever ends by itself has all the time it needs on a machine that is busy.
  const subscribe = async (url: string, outcome?: string): Promise<string> => {
    const timeoutMs = outcome === 'timeout' ? 1000 : 20_000
    const settings = { url, timeoutMs, retry: { scheduleSeconds: [] } }
    return (await call('POST', '/v1/subscriptions', settings)).body.id
  }
  healthyId = await subscribe(receiver.url('/healthy'))
  const ids = new Map<string, string>()
  for (const { name, keeper, outcome } of animals) {
    const enclosure = await keeper(certificates)
    enclosures.set(name, enclosure)
    ids.set(name, await subscribe(enclosure.url, outcome))
  }
  await server.posthorn.dispatcher.start()
  const visit = async (id: string): Promise<Visit> => {
    const { body } = await call('GET', `/v1/deliveries?subscriptionId=${id}&limit=1`)
    const path = `/v1/deliveries/${body.data[0].id}/attempts`
    const [attempt] = (await call('GET', path)).body.data
    const text = Buffer.from(attempt.response?.body ?? '', attempt.response?.bodyEncoding)
    const { outcome, error, response } = attempt
    return { outcome, statusCode: response?.statusCode ?? null, error, bodyBytes: text.length }
  }
  for (let event = 0; event < events; event++) {
    const { body } = await call('POST', '/v1/events', issueEvent())
    const pending = `/v1/deliveries?eventId=${body.id}&status=pending&limit=1`
    const isOver = async () => expect((await call('GET', pending)).body.data).toEqual([])
    await vi.waitFor(isOver, { timeout: 50_000, interval: 100 })
    for (const [name, id] of ids) visits.set(name, [...(visits.get(name) ?? []), await visit(id)])
  }
})

afterAll(async () => {
  await server?.close()
  await receiver?.close()
  await Promise.all([...enclosures.values()].map((enclosure) => enclosure.close()))
})

describe.each(animals)('a receiver that $name', ({ name, outcome, statusCode }) => {
  test('is recorded as what it is, each time', () => {
    const seen = (visits.get(name) ?? []).map((one) => [one.outcome, one.statusCode])
    expect(seen).toEqual(Array.from({ length: events }, () => [outcome, statusCode ?? null]))
  })

  test('leaves little behind, in the log and on the way', () => {
    for (const { bodyBytes, error } of visits.get(name) ?? []) {
      expect(bodyBytes).toBeLessThanOrEqual(4096)
      expect(error ?? '').not.toMatch(/127\.0\.0\.1|HPE_|UND_ERR/)
    }
    expect(enclosures.get(name)?.takenMax()).toBeLessThan(takenMaxBytes)
  })
})

test('none of their connections is used again', () => {
  const reused = animals.filter(({ name }) => {
    const connections = enclosures.get(name)?.connections() ?? 0
    // What is not made yet is not used again.
    return name !== 'stalls in the handshake' && connections > 0 && connections < events
  })
  expect(reused.map(({ name }) => name)).toEqual([])
})

test('the receiver beside them gets every event once', async () => {
  expect(receiver.requests('/healthy')).toHaveLength(events)
  const { body } = await server.call('GET', `/v1/deliveries?subscriptionId=${healthyId}`)
  expect(body.data.map((one: { status: string }) => one.status)).toEqual(
    Array.from({ length: events }, () => 'succeeded'),
  )
})
