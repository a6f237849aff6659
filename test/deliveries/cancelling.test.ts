import type { ServerResponse } from 'node:http'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newIdAt } from '../../server/kernel/ids.ts'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'
import { createOrganisation, until } from '../support/organisation.ts'
import { behaviours, type Receiver, startReceiver } from '../support/receiver.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let receiver: Receiver
let sql: postgres.Sql

beforeAll(async () => {
  server = await createTestPosthorn({ dispatcher: { retryScheduleSeconds: [1, 3600] } })
  await server.posthorn.dispatcher.start()
  receiver = await startReceiver()
  sql = postgres(server.databaseUrl, { max: 1 })
})

afterAll(async () => {
  await sql.end()
  await server.close()
  await receiver.close()
})

const organisation = () => createOrganisation(server, receiver)
const cancel = (id: string, key: string) =>
  server.call('POST', `/v1/deliveries/${id}/cancel`, { key })
const read = async (id: string, key: string) =>
  (await server.call('GET', `/v1/deliveries/${id}`, { key })).body

/** Requests to the path are held until the test lets them go. */
function hold(path: string) {
  const held: ServerResponse[] = []
  receiver.behave(path, (_request, response) => {
    held.push(response)
  })
  return held
}

async function rowsOf(id: string) {
  const [row] = await sql<{ queued: number; finished: number; attempts: number }[]>`
    select (select count(*)::int from posthorn.delivery_queue where id = ${id}) as queued,
      (select count(*)::int from posthorn.deliveries where id = ${id}) as finished,
      (select count(*)::int from posthorn.delivery_attempts where delivery_id = ${id}) as attempts`
  return row
}

describe('a delivery that is cancelled', () => {
  test('while it waits for its next attempt is not tried again, and keeps what was', async () => {
    const own = await organisation()
    const { id: subscriptionId, path } = await own.subscribe({ retry: { scheduleSeconds: [3600] } })
    receiver.behave(path, behaviours.status(503))
    await own.postMany(1)
    const waiting = await until(async () =>
      (await own.deliveries(subscriptionId)).find((one) => one.attempts === 1),
    )
    const { status, body } = await cancel(waiting.id, own.key)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      id: waiting.id,
      status: 'cancelled',
      attempts: 1,
      lastStatusCode: 503,
      nextAttemptAt: null,
      finishedAt: expect.any(String),
    })
    expect(await read(waiting.id, own.key)).toMatchObject(body)
    expect(await rowsOf(waiting.id)).toEqual({ queued: 0, finished: 1, attempts: 1 })
    const again = await cancel(waiting.id, own.key)
    expect([again.status, again.body.code]).toEqual([409, 'delivery_finished'])
  })

  test.each([
    [200, 'succeeded'],
    [500, 'cancelled'],
  ])('while its attempt is under way, which then ends in %i, has %s', async (code, outcome) => {
    const own = await organisation()
    const { id: subscriptionId, path } = await own.subscribe()
    const held = hold(path)
    await own.postMany(1)
    await receiver.waitFor(1, { path })
    const [delivery] = await own.deliveries(subscriptionId)
    const id = delivery?.id as string
    expect((await cancel(id, own.key)).body).toMatchObject({ status: 'cancelled', attempts: 0 })
    held[0]?.writeHead(code).end()
    await until(async () => (await rowsOf(id))?.attempts === 1)
    expect(await read(id, own.key)).toMatchObject({
      status: outcome,
      attempts: 1,
      lastStatusCode: code,
      nextAttemptAt: null,
    })
    expect(await rowsOf(id)).toEqual({ queued: 0, finished: 1, attempts: 1 })
  })

  test('lets the next of its entity go first, where order is kept', async () => {
    const own = await organisation()
    const { id: subscriptionId, path } = await own.subscribe({
      ordering: 'entity',
      retry: { scheduleSeconds: [3600] },
    })
    receiver.behave(path, behaviours.failFirst(1, 503))
    const entityId = newIdAt(Date.now())
    const [first, second] = await own.post([issueEvent({ entityId }), issueEvent({ entityId })])
    const head = await until(async () =>
      (await own.deliveries(subscriptionId)).find((one) => one.attempts === 1),
    )
    expect(head.eventId).toBe(first)
    await cancel(head.id, own.key)
    const requests = await receiver.waitFor(2, { path })
    expect(requests.map((one) => one.webhookId)).toEqual([first, second])
  })

  test('can be replayed', async () => {
    const own = await organisation()
    const { id: subscriptionId, path } = await own.subscribe({ retry: { scheduleSeconds: [3600] } })
    receiver.behave(path, behaviours.failFirst(1, 503))
    await own.postMany(1)
    const { id } = await until(async () =>
      (await own.deliveries(subscriptionId)).find((one) => one.attempts === 1),
    )
    await cancel(id, own.key)
    await server.call('POST', `/v1/deliveries/${id}/replay`, { key: own.key })
    await until(async () => (await read(id, own.key)).status === 'succeeded')
  })

  test('although it waited for longer than finished ones are kept, is gone without a trace', async () => {
    const own = await organisation()
    const { id: subscriptionId } = await own.subscribe()
    await server.call('POST', `/v1/subscriptions/${subscriptionId}/pause`, { key: own.key })
    const eventId = newIdAt(Date.now())
    const oldId = newIdAt(Date.now() - 400 * 86_400_000)
    await sql`
      with event as (
        insert into posthorn.domain_events (id, entity_type, entity_id, event_type, data, organisation_id, published_at)
        values (${eventId}, 'Issue', ${eventId}, 'IssueUpdated', '{}', ${own.organisationId}, now())
      )
      insert into posthorn.delivery_queue (organisation_id, id, event_id, subscription_id, bucket)
      values (${own.organisationId}, ${oldId}, ${eventId}, ${subscriptionId},
        posthorn.bucket_of(${own.organisationId}::uuid))`
    const { status, body } = await cancel(oldId, own.key)
    expect([status, body.status]).toEqual([200, 'cancelled'])
    expect(await rowsOf(oldId)).toEqual({ queued: 0, finished: 0, attempts: 0 })
  })

  test('is found by its own organisation only, and by who may replay', async () => {
    const own = await organisation()
    const other = await organisation()
    const { id: subscriptionId } = await own.subscribe()
    await server.call('POST', `/v1/subscriptions/${subscriptionId}/pause`, { key: own.key })
    await own.postMany(1)
    const [delivery] = await own.deliveries(subscriptionId)
    const id = delivery?.id as string
    expect((await cancel(id, other.key)).status).toBe(404)
    const reader = await server.call('POST', '/v1/api-keys', {
      body: { organisationId: own.organisationId, name: 'reader', scopes: ['deliveries:read'] },
    })
    expect((await cancel(id, reader.body.apiKey)).body.code).toBe('scope_missing')
    expect((await cancel(id, own.key)).status).toBe(200)
  })
})

test('deliveries cancelled while they are answered have one outcome each, and that is the one told', async () => {
  const own = await organisation()
  const { id: subscriptionId, path } = await own.subscribe()
  let seen = 0
  // Slow, and failing every other time: settled as success, retry or the end of what was cancelled.
  receiver.behave(path, (_request, response) => {
    const code = seen++ % 2 === 0 ? 200 : 500
    setTimeout(() => response.writeHead(code).end(), seen % 20)
  })
  await own.postMany(100)
  const deliveries = await until(async () => {
    const found = await own.deliveries(subscriptionId)
    return found.length === 100 && found
  })
  const answers = await Promise.all(
    deliveries.map(async ({ id }) => ({ id, ...(await cancel(id, own.key)) })),
  )
  // What is under way ends and is recorded; then nothing moves any more.
  await server.posthorn.dispatcher.stop()
  let recorded = 0
  for (const { id, status, body } of answers) {
    expect(await rowsOf(id)).toMatchObject({ queued: 0, finished: 1 })
    const now = await read(id, own.key)
    const attempts = (await server.call('GET', `/v1/deliveries/${id}/attempts`, { key: own.key }))
      .body.data as { outcome: string }[]
    expect(now.attempts).toBe(attempts.length)
    recorded += attempts.length
    const last = attempts.at(-1)?.outcome
    if (status === 200) expect(now.status).toBe(last === 'succeeded' ? 'succeeded' : 'cancelled')
    else expect([body.code, now.status]).toEqual(['delivery_finished', 'succeeded'])
  }
  expect(recorded).toBe(receiver.requests(path).length)
})
