import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestPosthorn } from '../support/create-test-posthorn.ts'
import { behaviours, type Receiver, startReceiver } from '../support/receiver.ts'
import { arrivals, createReplayer } from './replaying.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let receiver: Receiver

beforeAll(async () => {
  server = await createTestPosthorn({ dispatcher: { retryScheduleSeconds: [600] } })
  await server.posthorn.dispatcher.start()
  receiver = await startReceiver()
})

afterAll(async () => {
  await server.close()
  await receiver.close()
})

const organisation = () => createReplayer(server, receiver)

describe('mode failed', () => {
  test('sends again what failed in an outage, and nothing else, as its dry run said', async () => {
    const own = await organisation()
    const { id, path, ids } = await own.outage(12)
    await own.post(3)
    await receiver.waitFor(15, { path })
    await own.finished(id, 15)
    const body = { filter: { subscriptionId: id } }
    const said = await own.dryRun(body)
    expect(said).toMatchObject({ willSend: 12, skipped: { succeeded: 3 }, complete: true })
    const replay = await own.replay(body)
    expect(replay).toMatchObject({ mode: 'failed', estimate: { willSend: 12, complete: true } })
    const ended = await own.completed(replay.id)
    expect(ended).toMatchObject({ queued: 12, succeeded: 12, failed: 0, complete: true })
    expect(ended.skipped).toEqual(said.skipped)
    expect(arrivals(receiver, path, 15).sort()).toEqual(ids.sort())
  })

  test('takes every field of the log: outcomes, patterns, several subscriptions, what a replay did not bring home', async () => {
    const own = await organisation()
    const settings = { retry: { scheduleSeconds: [] }, timeoutMs: 1000 }
    const [refusing, breaking] = [await own.subscribe(settings), await own.subscribe(settings)]
    receiver.behave(refusing.path, behaviours.status(404))
    receiver.behave(breaking.path, behaviours.reset())
    await own.post(3)
    await own.finished(refusing.id, 3)
    await own.finished(breaking.id, 3)
    const willSend = async (filter: object) => (await own.dryRun({ filter })).willSend
    const both = { subscriptionId: [refusing.id, breaking.id] }
    expect(await willSend(both)).toBe(6)
    expect(await willSend({ ...both, outcome: ['reset'] })).toBe(3)
    expect(await willSend({ ...both, eventType: ['Issue*'], statusCode: ['4xx'] })).toBe(3)
    expect(await willSend({ ...both, minAttempts: 2 })).toBe(0)
    const replay = await own.replay({ filter: { ...both, statusCode: ['404'] } })
    expect(await own.completed(replay.id)).toMatchObject({ queued: 3, failed: 3 })
    expect(await willSend({ replayId: replay.id })).toBe(3)
  })

  test('leaves alone what waits for its retry', async () => {
    const own = await organisation()
    const { id, path } = await own.subscribe()
    receiver.behave(path, behaviours.status(503))
    await own.post(4)
    await receiver.waitFor(4, { path })
    const body = { filter: { subscriptionId: id, eventType: 'IssueStatusChanged' } }
    expect(await own.dryRun(body)).toMatchObject({ willSend: 0, skipped: { pending: 4 } })
    const ended = await own.completed((await own.replay(body)).id)
    expect(ended).toMatchObject({ queued: 0, skipped: { pending: 4 } })
    expect(receiver.requests(path)).toHaveLength(4)
  })

  test('takes a selection, and says how many of it are not there', async () => {
    const own = await organisation()
    const other = await organisation()
    const { id, path } = await own.outage(3)
    const theirs = await other.outage(1)
    const ofOther = await other.call('GET', `/v1/deliveries?subscriptionId=${theirs.id}`)
    const { data } = (await own.call('GET', `/v1/deliveries?subscriptionId=${id}`)).body
    const deliveryIds = [data[0].id, data[1].id, ofOther.body.data[0].id]
    expect(await own.dryRun({ deliveryIds })).toMatchObject({
      willSend: 2,
      skipped: { beyondRetention: 1 },
    })
    const replay = await own.replay({ deliveryIds })
    expect(replay).toMatchObject({ selected: 3, filter: null })
    expect(await own.completed(replay.id)).toMatchObject({
      queued: 2,
      succeeded: 2,
      skipped: { beyondRetention: 1 },
    })
    expect(arrivals(receiver, path, 3).sort()).toEqual([data[0].eventId, data[1].eventId].sort())
    expect(receiver.requests(theirs.path)).toHaveLength(1)
  })

  test('passes over a paused subscription, and waits for one that it names', async () => {
    const own = await organisation()
    const working = await own.outage(2)
    const paused = await own.outage(3)
    await own.call('POST', `/v1/subscriptions/${paused.id}/pause`)
    const all = { filter: { entityType: 'Issue' } }
    const said = await own.dryRun(all)
    expect(said).toMatchObject({ willSend: 2, skipped: { paused: 3 } })
    const ended = await own.completed((await own.replay(all)).id)
    expect([ended.queued, ended.skipped]).toEqual([2, said.skipped])
    expect(arrivals(receiver, working.path, 5).sort()).toEqual(working.ids.sort())
    const named = await own.replay({ filter: { subscriptionId: paused.id } })
    await own.call('POST', `/v1/subscriptions/${paused.id}/resume`)
    expect(await own.completed(named.id)).toMatchObject({ queued: 3, succeeded: 3 })
    expect(arrivals(receiver, paused.path, 3).sort()).toEqual(paused.ids.sort())
  })

  test('counts what a deleted subscription cannot take, and how far back it goes', async () => {
    const own = await organisation()
    const { id } = await own.outage(2)
    await own.call('DELETE', `/v1/subscriptions/${id}`)
    const body = { filter: { entityType: 'Issue', since: '2020-01-01T00:00:00Z' } }
    const said = await own.dryRun(body)
    expect(said).toMatchObject({ willSend: 0, skipped: { inactive: 2 } })
    const ended = await own.completed((await own.replay(body)).id)
    expect(ended).toMatchObject({ queued: 0, skipped: { inactive: 2 } })
    for (const { clampedSince } of [said, ended]) {
      expect(Date.parse(clampedSince)).toBeGreaterThan(Date.now() - 3.1 * 86_400_000)
    }
  })
})

describe('mode missing', () => {
  test('backfills a late subscription with what its filters match, once, however often it is asked', async () => {
    const own = await organisation()
    const before = await own.post(700, { data: { from: 'open', to: 'closed' } })
    await own.post(5, { data: { from: 'open', to: 'waiting' } })
    const { id, path } = await own.subscribe({ filter: { path: 'to', equals: 'closed' } })
    await own.call('POST', `/v1/subscriptions/${id}/test`, {})
    const after = await own.post(2, { data: { from: 'open', to: 'closed' } })
    await receiver.waitFor(3, { path })
    await own.finished(id, 3)
    const body = { mode: 'missing', filter: { subscriptionId: id } }
    expect(await own.dryRun(body)).toMatchObject({ willSend: 700, skipped: { succeeded: 2 } })
    const overlapping = await Promise.all([own.replay(body), own.replay(body)])
    const ended = await Promise.all(overlapping.map((replay) => own.completed(replay.id)))
    expect(ended[0]?.queued + ended[1]?.queued).toBe(700)
    const again = await own.completed((await own.replay(body)).id)
    expect(again).toMatchObject({ queued: 0, skipped: { succeeded: 702 } })
    expect(arrivals(receiver, path, 3).sort()).toEqual(before.sort())
    expect(arrivals(receiver, path, 3)).not.toContain(after[0])
  })

  test('leaves a failed delivery to mode failed, and needs a subscription that takes deliveries', async () => {
    const own = await organisation()
    const { id } = await own.outage(2)
    const body = { mode: 'missing', filter: { subscriptionId: id } }
    expect(await own.dryRun(body)).toMatchObject({ willSend: 0, skipped: { failed: 2 } })
    await own.call('DELETE', `/v1/subscriptions/${id}`)
    const refused = await own.call('POST', '/v1/replays', body)
    expect([refused.status, refused.body.code]).toEqual([409, 'replay_subscription_inactive'])
  })

  test('brings no subscription the news of its own failures', async () => {
    const own = await organisation()
    const eventTypes = ['IssueStatusChanged', 'DeliveryExhausted']
    await own.subscribe({ eventTypes: ['DeliveryExhausted'] })
    const failing = await own.outage(2, { eventTypes: ['IssueStatusChanged'] })
    await own.until('/v1/events?eventType=DeliveryExhausted', (body) => body.data.length === 2)
    await own.call('PATCH', `/v1/subscriptions/${failing.id}`, { eventTypes })
    const other = await own.subscribe({ eventTypes })
    const missing = (subscriptionId: string) =>
      own.dryRun({ mode: 'missing', filter: { subscriptionId } })
    expect(await missing(failing.id)).toMatchObject({ willSend: 0, skipped: { failed: 2 } })
    expect(await missing(other.id)).toMatchObject({ willSend: 4 })
  })

  test('of a platform subscription goes through every organisation', async () => {
    const entityId = randomUUID()
    const organisations = [await organisation(), await organisation()]
    const ids: string[] = []
    for (const own of organisations) ids.push(...(await own.post(3, { entityId })))
    const path = `/${randomUUID()}`
    const { body } = await server.call('POST', '/v1/subscriptions', {
      body: { organisationId: null, url: receiver.url(path), entityIds: [entityId] },
    })
    const filter = { subscriptionId: body.id }
    const refused = await organisations[0]?.call('POST', '/v1/replays', { mode: 'missing', filter })
    expect(refused?.status).toBe(404)
    const one = await server.call('POST', '/v1/replays', {
      body: { mode: 'missing', filter, organisationId: organisations[0]?.organisationId },
    })
    await receiver.waitFor(3, { path })
    await organisations[0]?.completed(one.body.id)
    const all = await server.call('POST', '/v1/replays', { body: { mode: 'missing', filter } })
    // Not its estimate, which a busy machine breaks off.
    expect(all.body).toMatchObject({ organisationId: null })
    await receiver.waitFor(6, { path })
    expect(arrivals(receiver, path).sort()).toEqual(ids.sort())
    await organisations[0]?.finished(body.id, 3)
    const mine = { mode: 'all', filter: { subscriptionId: body.id.toUpperCase() } }
    expect(await organisations[0]?.dryRun(mine)).toMatchObject({ willSend: 3 })
    await server.call('DELETE', `/v1/subscriptions/${body.id}`)
  })
})

test('mode all sends again what succeeded, under the same ids', async () => {
  const own = await organisation()
  const { id, path } = await own.subscribe()
  const ids = await own.post(5)
  await receiver.waitFor(5, { path })
  await own.finished(id, 5)
  const body = { mode: 'all', filter: { subscriptionId: id } }
  expect(await own.dryRun(body)).toMatchObject({ willSend: 5 })
  expect(await own.completed((await own.replay(body)).id)).toMatchObject({ succeeded: 5 })
  expect(arrivals(receiver, path, 5).sort()).toEqual(ids.sort())
})

describe('a request', () => {
  const refusals: [string, object, number, string][] = [
    ['says nothing', {}, 422, 'replay_filter_empty'],
    ['has an empty filter', { filter: {} }, 422, 'replay_filter_empty'],
    ['names a status only', { filter: { status: 'failed' } }, 422, 'replay_filter_empty'],
    [
      'has a selection and a filter',
      { deliveryIds: [randomUUID()], filter: { entityType: 'Issue' } },
      422,
      'validation_failed',
    ],
    [
      'looks for what is missing without a subscription',
      { mode: 'missing', filter: { entityType: 'Issue' } },
      422,
      'replay_subscription_required',
    ],
    [
      'looks for what is missing by an outcome',
      { mode: 'missing', filter: { subscriptionId: randomUUID(), outcome: 'timeout' } },
      422,
      'validation_failed',
    ],
    [
      'names a subscription that is not there',
      { filter: { subscriptionId: randomUUID() } },
      404,
      'not_found',
    ],
    ['has a field that nobody knows', { filter: { statuses: [] } }, 422, 'validation_failed'],
  ]
  test.each(refusals)('that %s is refused', async (_name, body, status, code) => {
    const own = await organisation()
    for (const path of ['/v1/replays', '/v1/replays?dryRun=true']) {
      const answer = await own.call('POST', path, body)
      expect([answer.status, answer.body.code]).toEqual([status, code])
    }
  })

  test('of the platform names an organisation or a subscription', async () => {
    const answer = await server.call('POST', '/v1/replays', {
      body: { filter: { entityType: 'Issue' } },
    })
    expect([answer.status, answer.body.code]).toEqual([400, 'organisation_required'])
  })

  test('needs its scope, and reaches nothing of another organisation', async () => {
    const own = await organisation()
    const other = await organisation()
    const { id } = await own.outage(1)
    const { key } = await server.createOrganisation(['deliveries:read'])
    const scopeless = await server.call('POST', '/v1/replays', { key, body: {} })
    expect(scopeless.body.code).toBe('scope_missing')
    const foreign = await other.call('POST', '/v1/replays', { filter: { subscriptionId: id } })
    expect(foreign.status).toBe(404)
    const replay = await own.replay({ filter: { subscriptionId: id } })
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/pause'],
      ['POST', '/resume'],
      ['POST', '/cancel'],
    ]) {
      const answer = await other.call(method ?? '', `/v1/replays/${replay.id}${path}`)
      expect(answer.status).toBe(404)
    }
    expect((await other.call('GET', '/v1/replays')).body.data).toEqual([])
    await own.completed(replay.id)
    const second = await own.replay({ filter: { subscriptionId: id } })
    const { data, nextCursor } = (await own.call('GET', '/v1/replays?limit=1')).body
    expect(data.map((one: { id: string }) => one.id)).toEqual([second.id])
    const next = await own.call('GET', `/v1/replays?limit=1&cursor=${nextCursor}`)
    expect(next.body.data[0]).toMatchObject({ id: replay.id, status: 'completed' })
  })
})
