import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Database } from '../../server/database/database.ts'
import { systemClock } from '../../server/kernel/clock.ts'
import { Keyring } from '../../server/kernel/keyring.ts'
import { silentLogger } from '../../server/kernel/logger.ts'
import { createSignals } from '../../server/kernel/signals.ts'
import { disableAndAnnounce } from '../../server/publishing/index.ts'
import { HealthKeeper } from '../../server/subscriptions/health-keeper.ts'
import { connectTo } from '../support/connect.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const dayMs = 86_400_000
let testDatabase: TestDatabase
let database: Database

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = connectTo(testDatabase, { maxConnections: 8 })
})

afterAll(async () => {
  await database.close()
  await testDatabase.drop()
})

async function subscription(): Promise<{ id: string; organisationId: string }> {
  const [id, organisationId] = [randomUUID(), randomUUID()]
  await database.query(
    (sql) => sql`
      insert into subscriptions (id, organisation_id, url, secret, revision)
      values (${id}, ${organisationId}, 'https://example.com', 'whsec_', 1)`,
  )
  return { id, organisationId }
}

/** A process as far as health is concerned; its clock may be off. */
function keeper(aheadMs = 0, disableAfterMs = 5 * dayMs) {
  const toDisable: string[] = []
  const health = new HealthKeeper({
    database,
    clock: { ...systemClock, now: () => Date.now() + aheadMs },
    log: silentLogger,
    disableAfterMs,
    disable: async (id) => {
      toDisable.push(id)
    },
  })
  return {
    toDisable,
    async saw(subscriptionId: string, ...outcomes: string[]) {
      health.observe(
        outcomes.map((outcome) => ({ subscriptionId, outcome, statusCode: null, error: outcome })),
      )
      await health.flush()
    },
    observe: (subscriptionId: string, outcome: string) =>
      health.observe([{ subscriptionId, outcome, statusCode: null, error: outcome }]),
    flush: () => health.flush(),
    stop: () => health.stop(),
  }
}

async function stored(id: string) {
  const [row] = await database.query(
    (sql) => sql<
      {
        failingSince: Date | null
        lastSuccessAt: Date | null
        consecutiveFailures: number
        organisationId: string
      }[]
    >`
      select * from subscription_health where subscription_id = ${id}`,
  )
  return row
}

const backdate = (id: string, days: number) =>
  database.query(
    (sql) => sql`
      update subscription_health set failing_since = now() - ${days} * interval '1 day'
      where subscription_id = ${id}`,
  )

test('two processes make one window, and a success in either ends it', async () => {
  const { id, organisationId } = await subscription()
  const [one, other] = [keeper(), keeper()]
  await one.saw(id, 'timeout', 'timeout')
  await other.saw(id, 'timeout')
  expect(await stored(id)).toMatchObject({ consecutiveFailures: 3, organisationId })
  await backdate(id, 4)
  await other.saw(id, 'succeeded')
  expect(await stored(id)).toMatchObject({ consecutiveFailures: 0, failingSince: null })
  await one.saw(id, 'timeout')
  expect((await stored(id))?.failingSince?.getTime()).toBeGreaterThan(Date.now() - dayMs)
  expect([...one.toDisable, ...other.toDisable]).toEqual([])
})

test('a failure after five days of nothing else disables; before that it does not', async () => {
  const { id } = await subscription()
  const one = keeper()
  await one.saw(id, 'timeout')
  await backdate(id, 4.9)
  await one.saw(id, 'timeout')
  expect(one.toDisable).toEqual([])
  await backdate(id, 5.1)
  await one.flush()
  expect(one.toDisable).toEqual([])
  await one.saw(id, 'timeout')
  expect(one.toDisable).toEqual([id])
})

test('never disables for failures when the rule is switched off', async () => {
  const { id } = await subscription()
  const one = keeper(0, 0)
  await one.saw(id, 'timeout')
  await backdate(id, 5000)
  await one.saw(id, 'timeout')
  expect(one.toDisable).toEqual([])
})

test('a process whose clock is a year off neither hides a success nor makes a window of a year', async () => {
  const { id } = await subscription()
  const [early, late, right] = [keeper(-365 * dayMs), keeper(365 * dayMs), keeper()]
  await early.saw(id, 'timeout')
  await late.saw(id, 'timeout')
  expect([...early.toDisable, ...late.toDisable]).toEqual([])
  await late.saw(id, 'succeeded')
  // Clocks are compared across a statement, which takes some milliseconds.
  const succeededAt = (await stored(id))?.lastSuccessAt
  await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(succeededAt?.getTime() ?? Infinity))
  await right.saw(id, 'timeout')
  expect(await stored(id)).toMatchObject({ consecutiveFailures: 1, failingSince: expect.any(Date) })
})

test('what is no news is not written each time, and nothing of it is lost at the end', async () => {
  const { id } = await subscription()
  const one = keeper()
  await one.saw(id, 'succeeded')
  const written = await stored(id)
  await one.saw(id, 'succeeded')
  expect(await stored(id)).toEqual(written)
  await one.stop()
  expect(await stored(id)).not.toEqual(written)
})

test('while the database is away nothing is forgotten', async () => {
  const { id } = await subscription()
  const one = keeper()
  await database.query((sql) => sql`alter table subscription_health rename to away`)
  one.observe(id, 'timeout')
  await expect(one.flush()).rejects.toThrow()
  one.observe(id, 'timeout')
  await database.query((sql) => sql`alter table away rename to subscription_health`)
  await one.flush()
  expect(await stored(id)).toMatchObject({ consecutiveFailures: 2 })
})

test('of many that disable a subscription at once, one does, and one event tells it', async () => {
  const { id, organisationId } = await subscription()
  const ctx = {
    config: { keyring: new Keyring() },
    database: { engine: database },
    log: silentLogger,
    signals: createSignals(),
  } as unknown as Parameters<typeof disableAndAnnounce>[0]
  const last = { outcome: 'gone', statusCode: 410, error: 'answered 410' }
  await Promise.all(
    Array.from({ length: 6 }, () => disableAndAnnounce(ctx, id, { reason: 'gone' }, last)),
  )
  // Resumed meanwhile and working: what was decided before does not count any more.
  await database.query((sql) => sql`update subscriptions set status = 'active' where id = ${id}`)
  await disableAndAnnounce(ctx, id, { reason: 'failing', disableAfterMs: 1 }, last)
  const events = await database.query(
    (sql) => sql<{ eventType: string; publishedAt: Date | null }[]>`
      select event_type, published_at from domain_events where organisation_id = ${organisationId}`,
  )
  expect([...events]).toEqual([{ eventType: 'SubscriptionDisabled', publishedAt: null }])
  const [row] = await database.query(
    (sql) => sql<{ status: string }[]>`select status from subscriptions where id = ${id}`,
  )
  expect(row?.status).toBe('active')
})
