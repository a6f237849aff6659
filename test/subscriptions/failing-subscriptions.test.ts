import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPosthorn } from '../../server/index.ts'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'
import { encryptionKeys } from '../support/encryption-keys.ts'
import { behaviours, type Receiver, startReceiver } from '../support/receiver.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let second: ReturnType<typeof createPosthorn>
let receiver: Receiver
let sql: postgres.Sql

const disabledInLog: string[] = []
const log = {
  debug() {},
  info() {},
  warn() {},
  error(fields: object, message: string) {
    if (message.includes('disabled')) disabledInLog.push(JSON.stringify(fields))
  },
}

// Two processes share the work throughout.
beforeAll(async () => {
  const options = {
    log,
    dispatcher: {
      retryScheduleSeconds: [1, 1, 1, 1, 1, 1, 1, 1],
      disableAfterMs: 1000,
      leaseMs: 2000,
    },
  }
  server = await createTestPosthorn(options)
  second = createPosthorn({
    ...options,
    database: server.databaseUrl,
    encryptionKeys,
    allowHttp: true,
    allowedNetworks: ['127.0.0.0/8'],
    consoleDir: false,
  })
  await server.posthorn.dispatcher.start()
  await second.dispatcher.start()
  receiver = await startReceiver()
  sql = postgres(server.databaseUrl, { max: 1, connection: { search_path: 'posthorn' } })
})

afterAll(async () => {
  await second.close()
  await server.close()
  await receiver.close()
  await sql.end()
})

/** Asks until the answer is there; the test's own timeout ends it. */
async function until<T>(ask: () => Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    await delay(20)
  }
}

async function organisation() {
  const { organisationId, key } = await server.createOrganisation()
  const get = async (id: string) =>
    (await server.call('GET', `/v1/subscriptions/${id}`, { key })).body
  return {
    organisationId,
    async subscribe(settings: Record<string, unknown> = {}) {
      const path = `/${randomUUID()}`
      const { body } = await server.call('POST', '/v1/subscriptions', {
        key,
        body: { url: receiver.url(path), ...settings },
      })
      return { id: body.id as string, path }
    },
    async post(event = issueEvent()): Promise<string> {
      return (await server.call('POST', '/v1/events', { key, body: event })).body.id
    },
    get,
    disabled: (id: string) =>
      until(async () => {
        const body = await get(id)
        return body.status === 'disabled' && body
      }),
    resume: (id: string) => server.call('POST', `/v1/subscriptions/${id}/resume`, { key }),
    async deliveries(subscriptionId: string) {
      const { body } = await server.call('GET', `/v1/deliveries?subscriptionId=${subscriptionId}`, {
        key,
      })
      return body.data as { id: string; status: string; eventType: string; attempts: number }[]
    },
    /** Posthorn's own events about this organisation. */
    told: () => sql<{ eventType: string; entityId: string }[]>`
      select event_type as "eventType", entity_id as "entityId" from domain_events
      where organisation_id = ${organisationId} and source = 'posthorn' order by id`,
  }
}

const received = (path: string) =>
  receiver.requests(path).map((request) => JSON.parse(String(request.body)))

describe('health', () => {
  test('tells since when a subscription fails, and that it works again', async () => {
    const own = await organisation()
    const { id, path } = await own.subscribe({ retry: { scheduleSeconds: [] } })
    expect((await own.get(id)).health).toEqual({
      failingSince: null,
      consecutiveFailures: 0,
      lastSuccessAt: null,
      lastFailureAt: null,
      lastOutcome: null,
      lastError: null,
    })
    receiver.behave(path, behaviours.status(503))
    await own.post()
    const failing = await until(async () => {
      const { health } = await own.get(id)
      return health.failingSince && health
    })
    expect(failing).toMatchObject({
      consecutiveFailures: 1,
      lastSuccessAt: null,
      lastOutcome: 'http_status',
      lastError: 'answered 503',
    })
    receiver.behave(path, behaviours.ok())
    await own.post()
    const works = await until(async () => {
      const { health } = await own.get(id)
      return health.lastSuccessAt && health
    })
    expect(works).toMatchObject({
      failingSince: null,
      consecutiveFailures: 0,
      lastFailureAt: failing.lastFailureAt,
      lastOutcome: 'succeeded',
      lastError: null,
    })
    expect((await own.get(id)).status).toBe('active')
  })
})

describe('a subscription of which nothing succeeds', () => {
  test('is disabled, its organisation is told once, what waits is held, and resuming sends it', async () => {
    const own = await organisation()
    const { id, path } = await own.subscribe({ eventTypes: ['Issue*'], uid: 'crm' })
    const asking = await own.subscribe({ eventTypes: ['SubscriptionDisabled'] })
    const everything = await own.subscribe()
    receiver.behave(path, behaviours.status(500))
    await own.post()
    const body = await own.disabled(id)
    expect(body.disabledReason).toBe(`Every attempt since ${body.health.failingSince} failed.`)
    expect((await own.deliveries(id)).map(({ status }) => status)).toEqual(['pending'])

    await receiver.waitFor(1, { path: asking.path })
    expect(received(asking.path)).toEqual([
      expect.objectContaining({
        type: 'SubscriptionDisabled',
        entityType: 'Subscription',
        entityId: id,
        source: 'posthorn',
        data: {
          url: receiver.url(path),
          uid: 'crm',
          description: null,
          reason: 'failing',
          disabledReason: body.disabledReason,
          failingSince: body.health.failingSince,
          lastStatusCode: 500,
          lastOutcome: 'http_status',
          lastError: 'answered 500',
        },
      }),
    ])
    const attemptsBefore = receiver.requests(path).length

    receiver.behave(path, behaviours.ok())
    const resumed = await own.resume(id)
    expect(resumed.body).toMatchObject({
      status: 'active',
      disabledReason: null,
      health: { failingSince: null, consecutiveFailures: 0 },
    })
    await receiver.waitFor(attemptsBefore + 1, { path })
    await until(async () => (await own.deliveries(id)).every((one) => one.status === 'succeeded'))
    expect(await own.told()).toHaveLength(1)
    expect(received(asking.path)).toHaveLength(1)
    expect(received(everything.path).map(({ type }) => type)).toEqual(['IssueStatusChanged'])
  })

  test('of the platform is disabled by one of the processes that serve it, and the log says so', async () => {
    const path = `/${randomUUID()}`
    const { body } = await server.call('POST', '/v1/subscriptions', {
      body: { organisationId: null, url: receiver.url(path), eventTypes: ['PropertyDeleted'] },
    })
    receiver.behave(path, behaviours.status(500))
    const organisations = await Promise.all(Array.from({ length: 4 }, organisation))
    for (const one of organisations) {
      await one.post(issueEvent({ entityType: 'Property', eventType: 'PropertyDeleted', data: {} }))
    }
    await until(async () => {
      const found = await server.call('GET', `/v1/subscriptions/${body.id}`)
      return found.body.status === 'disabled'
    })
    await until(async () => disabledInLog.length > 0)
    expect(disabledInLog).toEqual([expect.stringContaining(body.id)])
    for (const one of organisations) expect(await one.told()).toEqual([])
  })
})

test('a receiver that answers 410 is left alone at once, and its organisation is told why', async () => {
  const own = await organisation()
  const { id, path } = await own.subscribe({ eventTypes: ['Issue*'] })
  const asking = await own.subscribe({ entityTypes: ['Subscription'] })
  receiver.behave(path, behaviours.status(410))
  await Promise.all([own.post(), own.post(), own.post()])
  const body = await own.disabled(id)
  expect(body.disabledReason).toMatch(/410/)
  await receiver.waitFor(1, { path: asking.path })
  expect(received(asking.path)[0].data).toMatchObject({ reason: 'gone', lastStatusCode: 410 })
  expect(await own.told()).toHaveLength(1)
  const { body: audit } = await server.call('GET', `/v1/audit?targetId=${id}&limit=1`)
  expect(audit.data).toMatchObject([
    {
      action: 'subscription.disabled',
      actorKind: 'system',
      before: { status: 'active', disabledReason: null },
      after: { status: 'disabled', disabledReason: body.disabledReason },
    },
  ])
})

describe('a delivery that is given up', () => {
  const once = { retry: { scheduleSeconds: [] } }

  test('is told to those who ask, and to nobody else', async () => {
    const own = await organisation()
    const { id, path } = await own.subscribe({ ...once, eventTypes: ['Issue*'] })
    const asking = await own.subscribe({ eventTypes: ['Delivery*'] })
    const everything = await own.subscribe()
    receiver.behave(path, behaviours.status(404))
    const eventId = await own.post()
    await receiver.waitFor(1, { path: asking.path })
    const [delivery] = await own.deliveries(id)
    expect(received(asking.path)).toEqual([
      expect.objectContaining({
        type: 'DeliveryExhausted',
        entityType: 'Delivery',
        entityId: delivery?.id,
        data: expect.objectContaining({
          eventId,
          eventType: 'IssueStatusChanged',
          entityType: 'Issue',
          subscriptionId: id,
          platform: false,
          attempts: 1,
          lastStatusCode: 404,
          lastOutcome: 'http_status',
          lastError: 'answered 404',
        }),
      }),
    ])
    await receiver.waitFor(1, { path: everything.path })
    expect(received(everything.path).map(({ type }) => type)).toEqual(['IssueStatusChanged'])
  })

  test('makes no event when nobody would hear it', async () => {
    const own = await organisation()
    const { id, path } = await own.subscribe(once)
    receiver.behave(path, behaviours.status(404))
    await own.post()
    await until(async () => (await own.deliveries(id))[0]?.status === 'failed')
    expect(await own.told()).toEqual([])
  })

  test('never leads to another without end: neither among listeners that fail, nor about themselves', async () => {
    const own = await organisation()
    const asking = { ...once, eventTypes: ['Issue*', 'Delivery*', 'Subscription*'] }
    const listeners = [await own.subscribe(asking), await own.subscribe(asking)]
    const failing = await own.subscribe({ ...once, eventTypes: ['Issue*'] })
    for (const { path } of listeners) receiver.behave(path, behaviours.status(500))
    receiver.behave(failing.path, behaviours.status(410))
    await own.post()
    for (const { id } of listeners) {
      const failed = await until(async () => {
        const all = await own.deliveries(id)
        return all.length === 4 && all.every(({ status }) => status === 'failed') && all
      })
      // The event itself, what failed elsewhere, and the subscription that was disabled.
      expect(failed.map(({ eventType }) => eventType).sort()).toEqual([
        'DeliveryExhausted',
        'DeliveryExhausted',
        'IssueStatusChanged',
        'SubscriptionDisabled',
      ])
    }
    expect((await own.told()).map(({ eventType }) => eventType).sort()).toEqual([
      'DeliveryExhausted',
      'DeliveryExhausted',
      'DeliveryExhausted',
      'SubscriptionDisabled',
    ])
  })
})

test('only Posthorn reports events of its own', async () => {
  const own = await organisation()
  const attempts = [
    { eventType: 'SubscriptionDisabled', entityType: 'Subscription' },
    { eventType: 'DeliveryExhausted', entityType: 'Delivery' },
    { source: 'posthorn' },
  ]
  for (const more of attempts) {
    const { status, body } = await server.call('POST', '/v1/events', {
      body: { ...issueEvent(more), organisationId: own.organisationId },
    })
    expect([status, body.code]).toEqual([422, 'event_type_reserved'])
    expect(body.errors[0].fix).toMatch(/own/)
  }
})
