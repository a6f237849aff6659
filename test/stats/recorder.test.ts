import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Context } from '../../server/context.ts'
import type { Database } from '../../server/database/database.ts'
import type { Settlement } from '../../server/deliveries/index.ts'
import { systemClock } from '../../server/kernel/clock.ts'
import { silentLogger } from '../../server/kernel/logger.ts'
import { deleteOldStats } from '../../server/stats/delete-old-stats.ts'
import { StatsRecorder } from '../../server/stats/recorder.ts'
import { addUp, everyId, type StatRow, Tally } from '../../server/stats/tally.ts'
import { writeStats } from '../../server/stats/write-stats.ts'
import { connectTo } from '../support/connect.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let db: Database

beforeAll(async () => {
  database = await createTestDatabase()
  db = connectTo(database, { maxConnections: 2 })
})

afterAll(async () => {
  await db?.close()
  await database?.drop()
})

function settlement(more: Partial<Settlement>): Settlement {
  return {
    organisation_id: randomUUID(),
    subscription_id: randomUUID(),
    event_type: 'IssueCreated',
    started_at: '2026-03-10T12:34:56.789Z',
    duration_ms: 10,
    status: 'succeeded',
    outcome: 'succeeded',
    status_code: 200,
    ...more,
  } as Settlement
}

interface Row {
  grainMinutes: number
  at: Date
  subscriptionId: string
  attempts: number
  durationMsTotal: number
  durationHistogram: number[]
}

function rowsOf(organisationId: string) {
  return db.query(
    (sql) => sql<Row[]>`
      select grain_minutes, at, subscription_id, attempts_succeeded as attempts, duration_ms_total, duration_histogram
      from delivery_stats where organisation_id = ${organisationId} order by grain_minutes, at, subscription_id`,
  )
}

test('what could not be sent ends a delivery without an attempt', () => {
  const tally = new Tally()
  tally.add(settlement({ status: 'failed', outcome: 'unprocessable', status_code: null }))
  tally.add(settlement({ status: 'failed', outcome: 'gone', status_code: 410 }))
  const rows = tally.take()
  expect(rows.map((row) => [row.failed, row.attempts.clientError])).toEqual([
    [1, 0],
    [1, 1],
  ])
  expect(rows[0]?.histogram.every((count) => count === 0)).toBe(true)
})

test('rows are added to what is there, also by two dispatchers at once', async () => {
  const one = settlement({ duration_ms: 10 })
  const other = settlement({ ...one, duration_ms: 1000 })
  const write = async () => {
    const rows = new Map<string, StatRow>()
    const tally = new Tally()
    for (const each of [one, other]) tally.add(each)
    for (const row of tally.take()) addUp(rows, row)
    await writeStats(db, [...rows.values()])
  }
  await Promise.all([write(), write(), write(), write()])
  const rows = await rowsOf(one.organisation_id)
  expect(rows.map((row) => [row.grainMinutes, row.at.toISOString(), row.subscriptionId])).toEqual(
    [
      [1, '2026-03-10T12:34:00.000Z'],
      [60, '2026-03-10T12:00:00.000Z'],
      [1440, '2026-03-10T00:00:00.000Z'],
    ].flatMap((span) => [
      [...span, everyId],
      [...span, one.subscription_id],
    ]),
  )
  for (const row of rows) {
    expect([row.attempts, row.durationMsTotal]).toEqual([8, 4040])
    expect(row.durationHistogram.filter((count) => count > 0)).toEqual([4, 4])
  }
})

test('counts that could not be written are kept and written once, when the database takes them again', async () => {
  let away = true
  const engine: Database = {
    ...db,
    query: (build) => (away ? Promise.reject(new Error('away')) : db.query(build)),
  }
  const ctx = { clock: systemClock, log: silentLogger, database: { engine } } as unknown as Context
  const recorder = new StatsRecorder(ctx)
  const one = settlement({})
  recorder.record([one])
  await recorder.stop()
  recorder.record([one])
  expect(await rowsOf(one.organisation_id)).toHaveLength(0)
  away = false
  await recorder.stop()
  await recorder.stop()
  const rows = await rowsOf(one.organisation_id)
  expect(rows.map((row) => row.attempts)).toEqual([2, 2, 2, 2, 2, 2])
})

test('each grain is deleted when its time is over, and not before', async () => {
  const organisationId = randomUUID()
  const nowMs = Date.parse('2027-06-15T12:00:00Z')
  const daysAgo = (days: number) => new Date(nowMs - days * 86_400_000)
  await db.query(
    (sql) => sql`
      insert into delivery_stats (organisation_id, grain_minutes, at, subscription_id, event_type, duration_histogram)
      select ${organisationId}::uuid, grain, ${daysAgo(0)}::timestamptz - days * interval '1 day', ${everyId}, 'X', '{}'
      from unnest(array[1, 1, 60, 60, 1440, 1440], array[1, 3, 29, 31, 399, 401]) as kept(grain, days)`,
  )
  await deleteOldStats(db, 30, nowMs)
  const rows = await rowsOf(organisationId)
  expect(rows.map((row) => [row.grainMinutes, row.at])).toEqual([
    [1, daysAgo(1)],
    [60, daysAgo(29)],
    [1440, daysAgo(399)],
  ])
})
