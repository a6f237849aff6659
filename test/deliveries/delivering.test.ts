import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { Webhook } from 'svix'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'
import { behaviours, type Receiver, startReceiver } from '../support/receiver.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let receiver: Receiver

beforeAll(async () => {
  server = await createTestPosthorn({ dispatcher: { retryScheduleSeconds: [1, 1] } })
  await server.posthorn.dispatcher.start()
  receiver = await startReceiver()
})

afterAll(async () => {
  await server.close()
  await receiver.close()
})

interface Subscribed {
  id: string
  secret: string
  path: string
}

async function organisation() {
  const { organisationId, key } = await server.createOrganisation()
  return {
    organisationId,
    key,
    async subscribe(settings: Record<string, unknown> = {}): Promise<Subscribed> {
      const path = `/${randomUUID()}`
      const { body } = await server.call('POST', '/v1/subscriptions', {
        key,
        body: { url: receiver.url(path), ...settings },
      })
      return { id: body.id, secret: body.secret, path }
    },
    async post(event = issueEvent()): Promise<string> {
      return (await server.call('POST', '/v1/events', { key, body: event })).body.id
    },
    /** The deliveries of a subscription, once every one is in one of these states. */
    async deliveries(subscriptionId: string, ...states: string[]) {
      for (;;) {
        const { body } = await server.call(
          'GET',
          `/v1/deliveries?subscriptionId=${subscriptionId}`,
          { key },
        )
        const data = body.data as { id: string; status: string; attempts: number }[]
        if (data.length > 0 && data.every((one) => states.includes(one.status))) return data
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    async attempts(deliveryId: string) {
      return (await server.call('GET', `/v1/deliveries/${deliveryId}/attempts`, { key })).body.data
    },
  }
}

describe('an event', () => {
  test('reaches exactly the subscriptions that match it, once each, signed', async () => {
    const own = await organisation()
    const other = await organisation()
    const entityId = randomUUID()
    const matching = [
      await own.subscribe(),
      await own.subscribe({ entityTypes: ['Issue'], eventTypes: ['IssueStatus*'] }),
      await own.subscribe({ entityIds: [entityId] }),
      await own.subscribe({
        filter: {
          all: [{ path: 'to', equals: 'closed' }, { not: { path: 'vendorId', exists: true } }],
        },
      }),
    ]
    const not = [
      await own.subscribe({ entityTypes: ['Tenant'] }),
      await own.subscribe({ eventTypes: ['IssueCreated'] }),
      await own.subscribe({ entityIds: [randomUUID()] }),
      await own.subscribe({ filter: { path: 'to', equals: 'open' } }),
      await other.subscribe(),
    ]
    const id = await own.post(issueEvent({ entityId }))
    for (const { path, secret } of matching) {
      const [request] = await receiver.waitFor(1, { path })
      expect(request?.webhookId).toBe(id)
      new Webhook(secret).verify(String(request?.body), request?.headers as Record<string, string>)
      expect(JSON.parse(String(request?.body))).toMatchObject({
        id,
        type: 'IssueStatusChanged',
        entityId,
        organisationId: own.organisationId,
        data: { to: 'closed' },
      })
    }
    const listed = await server.call('GET', `/v1/events/${id}/deliveries`, { key: own.key })
    expect(listed.body.data).toHaveLength(matching.length)
    for (const { path } of matching) expect(receiver.requests(path)).toHaveLength(1)
    for (const { path } of not) expect(receiver.requests(path)).toHaveLength(0)
  })

  test('of any organisation reaches a platform subscription', async () => {
    const path = `/${randomUUID()}`
    const source = randomUUID()
    const { body } = await server.call('POST', '/v1/subscriptions', {
      body: { organisationId: null, url: receiver.url(path), eventTypes: ['PropertyDeleted'] },
    })
    const ids = []
    for (const own of [await organisation(), await organisation()]) {
      ids.push(
        await own.post({
          entityType: 'Property',
          entityId: randomUUID(),
          eventType: 'PropertyDeleted',
          data: {},
          source,
        }),
      )
    }
    const requests = await receiver.waitFor(2, { path })
    expect(requests.map((request) => request.webhookId).sort()).toEqual(ids.sort())
    await server.call('DELETE', `/v1/subscriptions/${body.id}`)
  })

  test('inserted by plain SQL is sent when its transaction commits, and never when it rolls back', async () => {
    const own = await organisation()
    const { path } = await own.subscribe()
    const sql = postgres(server.databaseUrl, { max: 1 })
    const insert = (tx: postgres.ISql, note: string) => tx`
      insert into posthorn.domain_events (entity_type, entity_id, event_type, data, organisation_id)
      values ('Issue', ${randomUUID()}, 'IssueNoteAdded', ${{ note } as never}, ${own.organisationId})`
    await sql
      .begin(async (tx) => {
        await insert(tx, 'never')
        throw new Error('rolled back')
      })
      .catch(() => undefined)
    await sql.begin((tx) => insert(tx, 'committed'))
    const requests = await receiver.waitFor(1, { path })
    await own.post()
    await receiver.waitFor(2, { path })
    await sql.end()
    expect(JSON.parse(String(requests[0]?.body)).data).toEqual({ note: 'committed' })
    expect(receiver.requests(path)).toHaveLength(2)
  })

  test('sent as a test goes to its subscription and to no other', async () => {
    const own = await organisation()
    const tested = await own.subscribe({ eventTypes: ['NothingLikeIt'] })
    const other = await own.subscribe()
    const answer = await server.call('POST', `/v1/subscriptions/${tested.id}/test`, {
      key: own.key,
      body: {},
    })
    expect(answer.status).toBe(202)
    const [request] = await receiver.waitFor(1, { path: tested.path })
    expect(request?.webhookId).toBe(answer.body.eventId)
    await own.post()
    await receiver.waitFor(1, { path: other.path })
    expect(receiver.requests(other.path)).toHaveLength(1)
  })
})

describe('a delivery', () => {
  test('is tried again with the same bytes and id until it succeeds, and every attempt is recorded', async () => {
    const own = await organisation()
    const { id, path, secret } = await own.subscribe()
    receiver.behave(path, behaviours.failFirst(2, 500))
    await own.post()
    const requests = await receiver.waitFor(3, { path })
    expect(new Set(requests.map((request) => String(request.body))).size).toBe(1)
    expect(new Set(requests.map((request) => request.webhookId)).size).toBe(1)
    for (const request of requests) {
      new Webhook(secret).verify(String(request.body), request.headers as Record<string, string>)
    }
    const [delivery] = await own.deliveries(id, 'succeeded')
    expect(delivery?.attempts).toBe(3)
    const attempts = await own.attempts(delivery?.id ?? '')
    expect(
      attempts.map((one: { number: number; outcome: string }) => [one.number, one.outcome]),
    ).toEqual([
      [1, 'http_status'],
      [2, 'http_status'],
      [3, 'succeeded'],
    ])
    const sent = requests[0]?.headers['webhook-signature']
    expect(attempts[0].request.headers['webhook-signature']).toBe(sent)
  })

  test('that is given up can be replayed, goes on counting, and two replays at once make one', async () => {
    const own = await organisation()
    const { id, path } = await own.subscribe()
    receiver.behave(path, behaviours.status(503))
    await own.post()
    const [failed] = await own.deliveries(id, 'failed')
    expect(failed?.attempts).toBe(3)
    receiver.behave(path, behaviours.ok())
    const replay = () =>
      server.call('POST', `/v1/deliveries/${failed?.id}/replay`, { key: own.key })
    const answers = await Promise.all([replay(), replay()])
    expect(answers.map((answer) => answer.status)).toEqual([202, 202])
    const [replayed] = await own.deliveries(id, 'succeeded')
    expect(replayed).toMatchObject({ id: failed?.id, trigger: 'replay' })
    expect(receiver.requests(path).length).toBeLessThanOrEqual(5)
    expect((await own.attempts(failed?.id ?? '')).at(-1)).toMatchObject({
      number: replayed?.attempts,
      trigger: 'replay',
    })
  })

  test('waits while its subscription is paused, and goes when it is resumed or revived', async () => {
    const own = await organisation()
    const { id, path } = await own.subscribe({ uid: 'paused' })
    await server.call('POST', `/v1/subscriptions/${id}/pause`, { key: own.key })
    await own.post()
    expect((await own.deliveries(id, 'pending'))[0]?.attempts).toBe(0)
    await server.call('POST', `/v1/subscriptions/${id}/resume`, { key: own.key })
    await receiver.waitFor(1, { path })
    await server.call('POST', `/v1/subscriptions/${id}/pause`, { key: own.key })
    await own.post()
    await server.call('DELETE', `/v1/subscriptions/${id}`, { key: own.key })
    await server.call('PUT', '/v1/subscriptions/uid:paused', {
      key: own.key,
      body: { url: receiver.url(path) },
    })
    await receiver.waitFor(2, { path })
  })

  test('answered 410 ends at once and disables its subscription', async () => {
    const own = await organisation()
    const { id, path } = await own.subscribe()
    receiver.behave(path, behaviours.status(410))
    await own.post()
    const [delivery] = await own.deliveries(id, 'failed')
    expect(delivery?.attempts).toBe(1)
    for (;;) {
      const { body } = await server.call('GET', `/v1/subscriptions/${id}`, { key: own.key })
      if (body.status !== 'active') {
        expect(body).toMatchObject({
          status: 'disabled',
          disabledReason: expect.stringContaining('410'),
        })
        break
      }
    }
    const refused = await server.call('POST', `/v1/deliveries/${delivery?.id}/replay`, {
      key: own.key,
    })
    expect([refused.status, refused.body.code]).toEqual([409, 'delivery_subscription_inactive'])
  })
})

describe('a receiver', () => {
  const zoo: [string, () => Parameters<Receiver['behave']>[1], string][] = [
    ['never answers', behaviours.hang, 'timeout'],
    ['drips for ever', () => behaviours.drip(), 'timeout'],
    ['breaks the connection', behaviours.reset, 'reset'],
    ['redirects', () => behaviours.redirect(receiver.url('/canary')), 'redirect'],
    ['answers 404', () => behaviours.status(404), 'http_status'],
  ]
  test.each(zoo)('that %s is recorded as what it is', async (_name, behaviour, outcome) => {
    const own = await organisation()
    const { id, path } = await own.subscribe({ timeoutMs: 1000, retry: { scheduleSeconds: [] } })
    const healthy = await own.subscribe()
    receiver.behave(path, behaviour())
    await own.post()
    await receiver.waitFor(1, { path: healthy.path })
    const [delivery] = await own.deliveries(id, 'failed')
    const [attempt] = await own.attempts(delivery?.id ?? '')
    expect(attempt.outcome).toBe(outcome)
    expect(receiver.requests('/canary')).toHaveLength(0)
  })

  test('sends a megabyte: 4 KiB of it are kept, and it counts as what its status says', async () => {
    const own = await organisation()
    const { id, path } = await own.subscribe()
    receiver.behave(path, behaviours.largeBody(1 << 20))
    await own.post()
    const [delivery] = await own.deliveries(id, 'succeeded')
    const [attempt] = await own.attempts(delivery?.id ?? '')
    expect(attempt.response).toMatchObject({ truncated: true, bodyEncoding: 'utf8' })
    expect(attempt.response.body).toHaveLength(4096)
  })

  test('sees the headers of its subscription, and the log shows none that may be a credential', async () => {
    const own = await organisation()
    const headers = { authorization: 'Bearer of-the-receiver', 'x-team': 'leasing' }
    const { id, path } = await own.subscribe({ headers })
    await own.post()
    const [request] = await receiver.waitFor(1, { path })
    expect(request?.headers).toMatchObject(headers)
    const [delivery] = await own.deliveries(id, 'succeeded')
    const [attempt] = await own.attempts(delivery?.id ?? '')
    expect(attempt.request.headers).toMatchObject({
      authorization: '[secret]',
      'x-team': 'leasing',
    })
  })

  test('sends bytes that are no text and cookies: the bytes are kept as base64, the cookies not', async () => {
    const own = await organisation()
    const { id, path } = await own.subscribe()
    receiver.behave(path, (_request, response) => {
      response
        .writeHead(200, { 'set-cookie': 'session=secret', 'x-trace': '1' })
        .end(Buffer.from([0, 255, 1]))
    })
    await own.post()
    const [delivery] = await own.deliveries(id, 'succeeded')
    const [attempt] = await own.attempts(delivery?.id ?? '')
    expect(attempt.response).toMatchObject({
      body: Buffer.from([0, 255, 1]).toString('base64'),
      bodyEncoding: 'base64',
    })
    expect(attempt.response.headers).toMatchObject({ 'x-trace': '1' })
    expect(JSON.stringify(attempt)).not.toContain('session=secret')
  })
})
