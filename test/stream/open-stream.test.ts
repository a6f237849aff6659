import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { isActorValid } from '../../server/access/index.ts'
import type { Context } from '../../server/context.ts'
import { connectDatabase, type Database } from '../../server/database/database.ts'
import type { Settlement } from '../../server/deliveries/index.ts'
import { systemClock } from '../../server/kernel/clock.ts'
import { newId } from '../../server/kernel/ids.ts'
import { silentLogger } from '../../server/kernel/logger.ts'
import { LiveTail, type TailLimits } from '../../server/stream/live-tail.ts'
import { openStream, type StreamOptions } from '../../server/stream/open-stream.ts'
import { actorWith } from '../support/actor.ts'
import { createTestPosthorn } from '../support/create-test-posthorn.ts'
import { readEvents } from '../support/event-stream.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let engine: Database
const tails: LiveTail[] = []

beforeAll(async () => {
  server = await createTestPosthorn()
  engine = connectDatabase({
    url: server.databaseUrl,
    schema: 'posthorn',
    applicationName: 'tail',
    maxConnections: 2,
    log: silentLogger,
  })
})

afterEach(async () => {
  await Promise.all(tails.splice(0).map((tail) => tail.close()))
})

afterAll(async () => {
  await engine?.close()
  await server?.close()
})

const clock = systemClock
const organisation_id = randomUUID()

function context(): Context {
  return {
    clock,
    log: silentLogger,
    config: { database: server.databaseUrl, schema: 'posthorn' },
    database: { engine },
  } as unknown as Context
}

function createTail(limits: Partial<TailLimits> = {}): LiveTail {
  const tail = new LiveTail(context(), limits)
  tails.push(tail)
  return tail
}

function openRaw(tail: LiveTail, options: Partial<StreamOptions> = {}) {
  return openStream(tail, {
    clock,
    credentialId: 'a key',
    tenant: 'platform',
    filter: {},
    lastEventId: undefined,
    isAllowed: async () => true,
    signal: new AbortController().signal,
    ...options,
  })
}

const open = (tail: LiveTail, options: Partial<StreamOptions> = {}) =>
  readEvents(openRaw(tail, options))

function settle(tail: LiveTail, count: number, more: Partial<Settlement> = {}): string[] {
  const settlements = Array.from({ length: count }, () => ({
    organisation_id,
    id: newId(),
    event_id: newId(),
    subscription_id: newId(),
    entity_id: randomUUID(),
    event_type: 'IssueCreated',
    entity_type: 'Issue',
    status: 'succeeded',
    attempts: 0,
    delay_ms: null,
    ...more,
  })) as Settlement[]
  tail.record(settlements)
  return settlements.map(({ id }) => id)
}

async function take(events: ReturnType<typeof open>, count: number): Promise<string[]> {
  const ids: string[] = []
  while (ids.length < count) {
    const next = await events.next()
    ids.push(next?.event === 'attempt' ? next.data.deliveryId : (next?.event ?? 'end'))
  }
  return ids
}

test('a stream goes on after the last event that was received, without loss or repetition', async () => {
  const tail = createTail()
  const first = open(tail)
  const [one, two, three] = settle(tail, 3)
  await first.nextOf('ready')
  await first.nextOf('attempt')
  const last = await first.nextOf('attempt')
  expect(last.data.deliveryId).toBe(two)
  await first.cancel()
  const [four] = settle(tail, 1)
  const second = open(tail, { lastEventId: last.id })
  expect(await take(second, 3)).toEqual(['ready', three, four])
  expect([one, two]).not.toContain(three)
})

test('a stream that came back before anything was received misses nothing either', async () => {
  const tail = createTail()
  const first = open(tail)
  const { id } = await first.nextOf('ready')
  await first.cancel()
  const missed = settle(tail, 2)
  expect(await take(open(tail, { lastEventId: id }), 3)).toEqual(['ready', ...missed])
})

test('one that was away for longer than is kept is told of the gap, and goes on with what is new', async () => {
  const tail = createTail({ entriesMax: 10 })
  const first = open(tail)
  const { id } = await first.nextOf('ready')
  await first.cancel()
  settle(tail, 11)
  for (const lastEventId of [id, newId()]) {
    const second = open(tail, { lastEventId })
    expect(await take(second, 2)).toEqual(['ready', 'gap'])
    const fresh = settle(tail, 1)
    expect(await take(second, 1)).toEqual(fresh)
  }
})

test('one that comes back after nobody listened for long is told of the gap', async () => {
  const tail = createTail({ lingerMs: 1 })
  const first = open(tail)
  const { id } = await first.nextOf('ready')
  await first.cancel()
  await delay(20)
  settle(tail, 1)
  expect(await take(open(tail, { lastEventId: id }), 2)).toEqual(['ready', 'gap'])
})

test('a client that reads too slowly is told of a gap, then gets what is newest', async () => {
  const tail = createTail({ entriesMax: 10 })
  const slow = open(tail)
  await slow.nextOf('ready')
  // What was on its way already arrives.
  settle(tail, 1)
  await slow.nextOf('attempt')
  for (let batch = 0; batch < 20; batch++) {
    settle(tail, 5)
    await delay(1)
  }
  const newest = settle(tail, 10)
  const gap = await slow.nextOf('gap')
  expect(gap.data).toEqual({ reason: 'lagged' })
  expect(await take(slow, 10)).toEqual(newest)
})

test('only what matches the filter and the organisation is told', async () => {
  const tail = createTail()
  const own = open(tail, { tenant: organisation_id })
  const failed = open(tail, { filter: { status: ['failed'] } })
  const typed = open(tail, { filter: { eventType: ['TenantCreated'], entityType: ['Tenant'] } })
  const foreign = settle(tail, 1, { organisation_id: randomUUID(), status: 'failed' })
  const ours = settle(tail, 1)
  const tenant = settle(tail, 1, { event_type: 'TenantCreated', entity_type: 'Tenant' })
  expect(await take(own, 3)).toEqual(['ready', ...ours, ...tenant])
  expect(await take(failed, 2)).toEqual(['ready', ...foreign])
  expect(await take(typed, 2)).toEqual(['ready', ...tenant])
})

test('a heartbeat keeps the place of a stream that nothing matches', async () => {
  const tail = createTail({ heartbeatMs: 20 })
  const quiet = open(tail, { filter: { status: ['failed'] } })
  await quiet.nextOf('ready')
  settle(tail, 3)
  const next = quiet.next()
  while (quiet.heartbeats() < 2) await delay(5)
  settle(tail, 1, { status: 'failed' })
  expect((await next)?.event).toBe('attempt')
})

test('a stream ends when its key is revoked', async () => {
  const tail = createTail({ heartbeatMs: 20 })
  const { body } = await server.call('POST', '/v1/api-keys', {
    body: { organisationId: organisation_id, name: 'short', scopes: ['deliveries:read'] },
  })
  const actor = actorWith({ id: body.id, organisationId: organisation_id })
  const events = open(tail, { isAllowed: () => isActorValid(context(), actor) })
  await events.nextOf('ready')
  const end = events.next()
  while (events.heartbeats() < 2) await delay(5)
  await server.call('DELETE', `/v1/api-keys/${body.id}`)
  expect(await end).toBeUndefined()
})

test('a stream ends when nobody can say whether its key is still good', async () => {
  const tail = createTail({ heartbeatMs: 5 })
  const events = open(tail, { isAllowed: () => Promise.reject(new Error('no database')) })
  expect(await take(events, 2)).toEqual(['ready', 'end'])
})

test('a client that is gone, or canceled, makes room for another', async () => {
  const tail = createTail({ streamsPerCredentialMax: 2, streamsMax: 3 })
  const gone = new AbortController()
  open(tail, { signal: gone.signal })
  const second = openRaw(tail)
  expect(() => open(tail)).toThrow(expect.objectContaining({ code: 'stream_limit_reached' }))
  open(tail, { credentialId: 'another key' })
  expect(() => open(tail, { credentialId: 'a third' })).toThrow(
    expect.objectContaining({ code: 'stream_limit_reached', status: 429 }),
  )
  gone.abort()
  open(tail)
  await second.cancel()
  open(tail)
})

test('an organisation with any number of keys leaves room for the others, and for the platform', async () => {
  const tail = createTail({ streamsPerOrganisationMax: 2, streamsMax: 4 })
  const full = expect.objectContaining({ code: 'stream_limit_reached', status: 429 })
  const gone = new AbortController()
  open(tail, { tenant: 'one', credentialId: 'a', signal: gone.signal })
  open(tail, { tenant: 'one', credentialId: 'b' })
  expect(() => open(tail, { tenant: 'one', credentialId: 'c' })).toThrow(full)
  open(tail, { tenant: 'other', credentialId: 'd' })
  gone.abort()
  open(tail, { tenant: 'one', credentialId: 'c' })
  open(tail, { tenant: 'platform', credentialId: 'e' })
  expect(() => open(tail, { tenant: 'platform', credentialId: 'e' })).toThrow(full)
})

test('closing ends every stream and leaves neither lease, connection nor timer', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
  const before = timers()
  const tail = createTail()
  const events = open(tail)
  const idle = open(tail)
  await events.nextOf('ready')
  const leases = () =>
    engine.query((sql) => sql`select from stream_listeners where id = ${tail.id}`)
  while ((await leases()).length === 0) await delay(5)
  await tail.close()
  expect(await events.next()).toBeUndefined()
  expect(await take(idle, 2)).toEqual(['ready', 'end'])
  expect(await leases()).toHaveLength(0)
  expect(timers()).toBeLessThanOrEqual(before)
  for (;;) {
    const listening = await engine.query(
      (sql) => sql`select from pg_stat_activity
        where application_name = 'posthorn stream' and datname = current_database()`,
    )
    if (listening.length === 0) break
    await delay(5)
  }
  expect(() => open(tail)).toThrow(expect.objectContaining({ code: 'stream_ended' }))
})
