import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connectDatabase, type Database } from '../../server/database/database.ts'
import { maintainPartitions } from '../../server/database/maintain-partitions.ts'
import {
  expiryOf,
  type Partition,
  type PartitionedTable,
  parsePartitionBound,
  partitionBounds,
  partitionWidthDays,
  planPartitions,
} from '../../server/database/partitions.ts'
import { newId, newIdAt } from '../../server/kernel/ids.ts'
import { type Logger, silentLogger } from '../../server/kernel/logger.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { partitionedTables } from '../support/template.ts'

const dayMs = 86_400_000
const day = (text: string) => Date.parse(`${text}T00:00:00Z`)
const partition = (from: string, to: string): Partition => ({
  name: `events_${from.replaceAll('-', '')}`,
  fromMs: day(from),
  toMs: day(to),
})

/** What exists after a plan was carried out, in order. */
function carryOut(existing: readonly Partition[], plan: ReturnType<typeof planPartitions>) {
  const dropped = new Set(plan.drop.map(({ name }) => name))
  const kept = existing.filter(({ name }) => !dropped.has(name))
  return [...kept, ...plan.create].sort((one, other) => one.fromMs - other.fromMs)
}

describe('the plan', () => {
  const table: PartitionedTable = { name: 'events', retentionDays: 2, aheadDays: 1 }
  const nowMs = Date.parse('2026-03-10T15:00:00Z')
  const [p08, p09, p10, p11] = [
    partition('2026-03-08', '2026-03-09'),
    partition('2026-03-09', '2026-03-10'),
    partition('2026-03-10', '2026-03-11'),
    partition('2026-03-11', '2026-03-12'),
  ] as const
  const p07 = partition('2026-03-07', '2026-03-08')
  const wide = partition('2026-03-01', '2026-03-09')

  test.each([
    { what: 'nothing exists', existing: [], create: [p08, p09, p10, p11], drop: [] },
    { what: 'all exists', existing: [p08, p09, p10, p11], create: [], drop: [] },
    { what: 'a day has passed', existing: [p07, p08, p09, p10], create: [p11], drop: [p07] },
    { what: 'the server was off', existing: [p07, p08], create: [p09, p10, p11], drop: [p07] },
    { what: 'it was off for long', existing: [p07], create: [p08, p09, p10, p11], drop: [p07] },
    { what: 'retention grew', existing: [p10, p11], create: [p08, p09], drop: [] },
    { what: 'partitions were wider', existing: [wide], create: [p09, p10, p11], drop: [] },
  ])('when $what', ({ existing, create, drop }) => {
    expect(planPartitions(table, existing, nowMs)).toEqual({ create, drop })
  })

  test('drops a partition at its expiry and not a moment before', () => {
    for (const part of [p07, wide]) {
      const expiryMs = expiryOf(table, part)
      expect(planPartitions(table, [part], expiryMs).drop).toEqual([part])
      expect(planPartitions(table, [part], expiryMs - 1).drop).toEqual([])
    }
  })

  test('about fifteen partitions hold what is retained', () => {
    expect([1, 15, 16, 30, 90, 365].map(partitionWidthDays)).toEqual([1, 1, 2, 2, 6, 25])
  })

  test('whatever is configured, and whenever it runs, covers all of the time, once', () => {
    const config = fc.record({
      retentionDays: fc.integer({ min: 1, max: 400 }),
      aheadDays: fc.integer({ min: 0, max: 40 }),
      passedMs: fc.oneof(
        fc.integer({ min: 0, max: 3 * dayMs }),
        fc.integer({ min: 0, max: 500 * dayMs }),
      ),
    })
    fc.assert(
      fc.property(
        fc.integer({ min: day('2024-01-01'), max: day('2060-01-01') }),
        fc.array(config, { minLength: 1, maxLength: 8 }),
        (startMs, runs) => {
          let atMs = startMs
          let existing: Partition[] = []
          for (const { retentionDays, aheadDays, passedMs } of runs) {
            atMs += passedMs
            const own = { name: 'events', retentionDays, aheadDays }
            const plan = planPartitions(own, existing, atMs)
            existing = carryOut(existing, plan)
            expect(existing[0]?.fromMs).toBeLessThanOrEqual(atMs - retentionDays * dayMs)
            expect(existing.at(-1)?.toMs).toBeGreaterThanOrEqual(atMs + aheadDays * dayMs)
            for (const [index, { fromMs, toMs }] of existing.entries()) {
              expect(fromMs).toBeLessThan(toMs)
              expect(fromMs).toBe(existing[index - 1]?.toMs ?? fromMs)
            }
            expect(new Set(existing.map(({ name }) => name)).size).toBe(existing.length)
            for (const { toMs } of plan.drop) {
              expect(toMs).toBeLessThanOrEqual(atMs - retentionDays * dayMs)
            }
            expect(planPartitions(own, existing, atMs)).toEqual({ create: [], drop: [] })
          }
        },
      ),
    )
  })

  test('a bound is read as it was written', () => {
    const { from, to } = partitionBounds(p10)
    expect(parsePartitionBound(p10.name, `FOR VALUES FROM ('${from}') TO ('${to}')`)).toEqual(p10)
    expect(parsePartitionBound('events_default', 'DEFAULT')).toBeUndefined()
    expect(from <= newIdAt(p10.fromMs) && newIdAt(p10.toMs - 1) < to).toBe(true)
  })
})

describe('maintaining', () => {
  let database: TestDatabase
  let db: Database
  let warnings: unknown[]
  let log: Logger

  beforeEach(async () => {
    database = await createTestDatabase()
    db = connect()
    warnings = []
    const warn = (fields: object): void => void warnings.push(fields)
    log = { ...silentLogger, warn, error: warn }
  })

  afterEach(async () => {
    await db.close()
    await database.drop()
  })

  function connect(settings: Record<string, string> = {}): Database {
    return connectDatabase({
      url: database.url,
      schema: 'posthorn',
      applicationName: 'test',
      maxConnections: 3,
      settings,
      log: silentLogger,
    })
  }

  /** Tables named as partitions are, attached or not. */
  async function listTables(): Promise<{ name: string; attached: boolean }[]> {
    const rows = await db.query(
      (sql) => sql<{ name: string; attached: boolean }[]>`
        select relname as name, relispartition as attached from pg_class
        where relkind = 'r' and relname ~ '^(domain_events|deliveries|delivery_attempts)_' order by 1`,
    )
    return [...rows]
  }

  function namesBetween(fromMs: number, toMs: number): string[] {
    return partitionedTables
      .flatMap(
        ({ name }) => planPartitions({ name, retentionDays: 3, aheadDays: 3 }, [], fromMs).create,
      )
      .filter((planned) => planned.fromMs < toMs)
      .map(({ name }) => name)
      .sort()
  }

  async function insertEvent(id: string): Promise<string | undefined> {
    const [row] = await db.query(
      (sql) => sql<{ partition: string }[]>`
        insert into domain_events (id, organisation_id, entity_type, entity_id, event_type, data)
        values (${id}, ${newId()}, 'order', ${newId()}, 'order.created', '{}')
        returning tableoid::regclass::text as partition`,
    )
    return row?.partition
  }

  test('creates what is missing and drops what has expired', async () => {
    const nowMs = Date.now()
    const laterMs = nowMs + 5 * dayMs
    await insertEvent(newIdAt(nowMs))
    await expect(insertEvent(newIdAt(laterMs))).rejects.toMatchObject({ code: '23514' })
    await maintainPartitions(db, partitionedTables, laterMs, log)
    const tables = await listTables()
    expect(tables.every(({ attached }) => attached)).toBe(true)
    expect(tables.map(({ name }) => name)).toEqual(namesBetween(laterMs, laterMs + 10 * dayMs))
    const partitionName = new Date(laterMs).toISOString().slice(0, 10).replaceAll('-', '')
    expect(await insertEvent(newIdAt(laterMs))).toBe(`domain_events_${partitionName}`)
    expect(await db.query((sql) => sql`select from domain_events`)).toHaveLength(1)
    await maintainPartitions(db, partitionedTables, laterMs, log)
    expect(await listTables()).toEqual(tables)
  })

  test('in four processes at once, day after day, without an error', async () => {
    const processes = Array.from({ length: 4 }, () => connect())
    try {
      for (let dayNumber = 1; dayNumber <= 6; dayNumber++) {
        const nowMs = Date.now() + 2 * dayNumber * dayMs
        await Promise.all(
          processes.map((own) => maintainPartitions(own, partitionedTables, nowMs, log)),
        )
        const tables = await listTables()
        expect(tables.map(({ name }) => name)).toEqual(namesBetween(nowMs, nowMs + 10 * dayMs))
      }
      expect(warnings).toEqual([])
    } finally {
      await Promise.all(processes.map((own) => own.close()))
    }
  })

  test('while events are inserted', async () => {
    let isOver = false
    let inserted = 0
    const inserting = (async () => {
      for (; !isOver; inserted++) await insertEvent(newId())
    })()
    // A retention of which today is the last day.
    for (let round = 0; round < 5; round++) {
      const nowMs = Date.now() + Math.min(round, 3) * dayMs
      await maintainPartitions(db, partitionedTables, nowMs, log)
    }
    isOver = true
    await inserting
    expect(await db.query((sql) => sql`select from domain_events`)).toHaveLength(inserted)
  })

  test('finishes what a crash cut short', async () => {
    const laterMs = Date.now() + 5 * dayMs
    const [first, second] = (await listTables()).filter(({ name }) =>
      name.startsWith('domain_events_'),
    )
    // Detached, not yet dropped.
    for (const table of [first, second]) {
      await db.query((sql) => sql.unsafe(`comment on table ${table?.name} is 'Posthorn: expired'`))
    }
    await db.query((sql) =>
      sql.unsafe(`alter table domain_events detach partition ${first?.name} concurrently`),
    )
    // Half detached: the wait for somebody who reads the table is cut short.
    const impatient = connect({ statement_timeout: '200' })
    await db.transaction(async (tx) => {
      await tx`select from domain_events`
      const detaching = impatient.query((sql) =>
        sql.unsafe(`alter table domain_events detach partition ${second?.name} concurrently`),
      )
      await expect(detaching).rejects.toMatchObject({ code: '57014' })
    })
    await impatient.close()
    const pending = await db.query((sql) => sql`select from pg_inherits where inhdetachpending`)
    expect(pending).toHaveLength(1)
    await maintainPartitions(db, partitionedTables, laterMs, log)
    const names = (await listTables()).map(({ name }) => name)
    expect(names).toEqual(namesBetween(laterMs, laterMs + 10 * dayMs))
  })

  test('leaves alone what somebody detached to keep, and creates the others', async () => {
    const [first] = await listTables()
    await db.query((sql) => sql.unsafe(`alter table deliveries detach partition ${first?.name}`))
    for (const days of [1, 5]) {
      const nowMs = Date.now() + days * dayMs
      await maintainPartitions(db, partitionedTables, nowMs - dayMs, log)
      const tables = await listTables()
      expect(tables.filter(({ attached }) => !attached).map(({ name }) => name)).toEqual([
        first?.name,
      ])
      const expected = namesBetween(nowMs - dayMs, nowMs + 10 * dayMs)
      expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(expected))
    }
    expect(warnings).toEqual([{ table: first?.name }])
  })
})
