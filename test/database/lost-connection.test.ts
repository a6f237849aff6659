import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connectDatabase, type Database } from '../../server/database/database.ts'
import { startEmbeddedPostgres } from '../../server/database/embedded.ts'
import { silentLogger } from '../../server/kernel/logger.ts'
import { eventually, terminateBackends } from '../support/backends.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'

// An uncaught exception or an unhandled rejection anywhere in here fails the run: vitest reports both.

const unavailable = { code: 'database_unavailable', status: 503, retryAfterSeconds: 1 }
const select = (db: Database) => db.query((sql) => sql<{ n: number }[]>`select 1 as n`)

let database: TestDatabase
let admin: Database

function connect(url: string, maxConnections: number, queryTimeoutMs = 10_000): Database {
  const applicationName = 'subject'
  const log = silentLogger
  return connectDatabase({
    url,
    schema: 'public',
    applicationName,
    maxConnections,
    queryTimeoutMs,
    log,
  })
}

beforeAll(async () => {
  database = await createTestDatabase('empty')
  const { url } = database
  admin = connectDatabase({
    url,
    schema: 'public',
    applicationName: 'admin',
    maxConnections: 2,
    log: silentLogger,
  })
  await admin.query((sql) =>
    sql.unsafe(`
      create table accounts (id int primary key, balance bigint not null);
      insert into accounts values (1, 0), (2, 0);
      create table transfers (id int primary key)`),
  )
})

afterAll(async () => {
  await admin?.close()
  await database?.drop()
})

// Two accounts, eight loops, backends that die all the time: money that was moved halfway shows in the sum.
test('forty terminations under load: every call settles, no transfer is lost or done by half', async () => {
  const db = connect(database.url, 6)
  const acknowledged: number[] = []
  let failed = 0
  let next = 0
  let stopped = false

  function noteFailure(error: unknown): undefined {
    expect(error).toMatchObject(unavailable)
    failed++
  }

  async function transfer(): Promise<void> {
    const id = next++
    const run = db.transaction(async (tx) => {
      await tx`update accounts set balance = balance - 1 where id = 1`
      await tx`insert into transfers values (${id})`
      await tx`update accounts set balance = balance + 1 where id = 2`
    })
    await run.then(() => acknowledged.push(id), noteFailure)
  }

  async function look(): Promise<void> {
    const rows = await db
      .query((sql) => sql<{ sum: number }[]>`select sum(balance)::int8 as sum from accounts`)
      .catch(noteFailure)
    if (rows) expect(rows[0]?.sum).toBe(0)
  }

  async function loop(step: () => Promise<void>): Promise<void> {
    while (!stopped) await step()
  }

  let terminations = 0
  async function terminate(): Promise<void> {
    for (let round = 1; terminations < 40; round++) {
      // Every round starts from a pool that works.
      const enough = acknowledged.length + 10
      await eventually(async () => acknowledged.length >= enough, 'ten more transfers')
      terminations += await terminateBackends(admin, 'subject', round % 4 === 0 ? 6 : 1)
    }
  }

  const steps = [transfer, transfer, transfer, transfer, transfer, look, look, look]
  const loops = Promise.all(steps.map(loop))
  await Promise.race([terminate(), loops]).finally(() => (stopped = true))
  await loops
  await db.close()

  const rows = await admin.query((sql) => sql<{ id: number }[]>`select id from transfers`)
  const done = new Set(rows.map((row) => row.id))
  const balances = await admin.query(
    (sql) => sql<{ balance: number }[]>`select balance from accounts order by id`,
  )
  expect(terminations).toBeGreaterThanOrEqual(40)
  expect(failed).toBeGreaterThan(0)
  expect(acknowledged.filter((id) => !done.has(id))).toEqual([])
  expect(balances.map((row) => row.balance)).toEqual([-done.size, done.size])
})

describe('a network', () => {
  const queryTimeoutMs = 400
  let proxy: TcpProxy
  let db: Database

  beforeEach(async () => {
    const url = new URL(database.url)
    proxy = await startTcpProxy({ targetPort: Number(url.port) })
    url.port = String(proxy.port)
    db = connect(url.href, 3, queryTimeoutMs)
  })

  afterEach(async () => {
    await db.close()
    await proxy.close()
  })

  /** Opens all three connections. */
  async function warmUp(): Promise<void> {
    await Promise.all([1, 2, 3].map(() => db.query((sql) => sql`select pg_sleep(0.05)`)))
    expect(proxy.connections()).toBe(3)
  }

  async function measureMs(work: () => Promise<unknown>): Promise<number> {
    const startMs = performance.now()
    await work()
    return performance.now() - startMs
  }

  test('that swallows everything: a statement fails in time, and takes the silent connections along', async () => {
    await warmUp()
    await proxy.setMode('blackhole')
    const tookMs = await measureMs(() => expect(select(db)).rejects.toMatchObject(unavailable))
    expect(tookMs).toBeLessThan(queryTimeoutMs * 2)
    await proxy.setMode('pass')
    // The first to ask finds a connection that works, not the next silent one.
    expect(await measureMs(() => select(db))).toBeLessThan(queryTimeoutMs)
  })

  test('that swallows everything: a transaction fails in time and leaves nothing', async () => {
    await warmUp()
    const run = db.transaction(async (tx) => {
      await tx`insert into transfers values (-1)`
      await proxy.setMode('blackhole')
      await tx`insert into transfers values (-2)`
    })
    expect(await measureMs(() => expect(run).rejects.toMatchObject(unavailable))).toBeLessThan(
      queryTimeoutMs * 2,
    )
    await proxy.setMode('pass')
    const rows = await db.query((sql) => sql`select from transfers where id < 0`)
    expect(rows.length).toBe(0)
  })

  test('that swallows COMMIT: the transaction fails in time', async () => {
    const run = db.transaction(async (tx) => {
      await tx`insert into transfers values (-3)`
      await proxy.setMode('blackhole')
    })
    expect(await measureMs(() => expect(run).rejects.toMatchObject(unavailable))).toBeLessThan(
      queryTimeoutMs * 2,
    )
  })

  test('that swallows everything while connecting: the statement fails in time', async () => {
    await proxy.setMode('blackhole')
    const tookMs = await measureMs(() => expect(select(db)).rejects.toMatchObject(unavailable))
    expect(tookMs).toBeLessThan(queryTimeoutMs * 2)
    await proxy.setMode('pass')
    expect(await select(db)).toEqual([{ n: 1 }])
  })

  test('that resets connections: every call settles, also one made in the turn of the reset', async () => {
    await warmUp()
    const calls = [1, 2, 3, 4, 5, 6].map(() =>
      db.query((sql) => sql`select pg_sleep(60)`).catch(() => select(db)),
    )
    await eventually(async () => {
      const [row] = await admin.query(
        (sql) =>
          sql<{ count: number }[]>`select count(*) from pg_stat_activity
          where datname = current_database() and wait_event = 'PgSleep'`,
      )
      return row?.count === 3
    }, 'three sleeping statements')
    await proxy.setMode('reset')
    const outcomes = await Promise.allSettled(calls)
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: unavailable })
    }
    await proxy.setMode('pass')
    expect(await select(db)).toEqual([{ n: 1 }])
  })

  test('that refuses connections: calls fail at once, and work again when it is back', async () => {
    await warmUp()
    await proxy.setMode('refuse')
    // What was open is closed at once, but a call can be faster than the news of it.
    await select(db).catch(() => undefined)
    const run = select(db)
    await expect(run).rejects.toMatchObject({ ...unavailable, cause: { code: 'ECONNREFUSED' } })
    await proxy.setMode('pass')
    expect(await select(db)).toEqual([{ n: 1 }])
  })
})

test('Postgres killed under load and started again: what was acknowledged is there, calls work again', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'posthorn-test-'))
  // Only a crash of the machine would need more than that.
  const settings = { fsync: 'off', shared_buffers: '16MB' }
  const options = { dataDir, log: silentLogger, settings }
  let server = await startEmbeddedPostgres(options)
  const db = connect(server.url, 4)
  try {
    await db.query((sql) => sql`create table facts (id int primary key)`)
    const acknowledged: number[] = []
    let failed = 0
    let next = 0
    let stopped = false
    const insert = async (): Promise<void> => {
      while (!stopped) {
        const id = next++
        await db
          .transaction((tx) => tx`insert into facts values (${id})`)
          .then(
            () => acknowledged.push(id),
            (error) => {
              expect(error).toMatchObject(unavailable)
              failed++
            },
          )
      }
    }
    const loops = Promise.all([insert(), insert(), insert(), insert(), insert(), insert()])
    const moreFacts = () => {
      const enough = acknowledged.length + 20
      return eventually(async () => acknowledged.length >= enough, 'twenty more facts')
    }
    for (let round = 0; round < 2; round++) {
      await moreFacts()
      const pid = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')
      const failedBefore = failed
      process.kill(Number.parseInt(pid, 10), 'SIGKILL')
      // Dying takes a moment, in which it would still be found running.
      await eventually(async () => failed > failedBefore, 'the end of the server')
      server = await startEmbeddedPostgres(options)
    }
    await moreFacts()
    stopped = true
    await loops
    const rows = await db.query((sql) => sql<{ id: number }[]>`select id from facts`)
    const stored = new Set(rows.map((row) => row.id))
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([])
  } finally {
    await db.close()
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
})
