import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connectDatabase, type Database } from '../../server/database/database.ts'
import { silentLogger } from '../../server/kernel/logger.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'

// How fast the loss of a connection is noticed, and what the next caller finds. What it does to transactions is told in
// transaction.test.ts. An uncaught exception or an unhandled rejection fails the run: vitest reports both.

const unavailable = { code: 'database_unavailable', status: 503, retryAfterSeconds: 1 }
const queryTimeoutMs = 400

let database: TestDatabase
let admin: Database
let proxy: TcpProxy
let db: Database

function connect(url: string): Database {
  return connectDatabase({
    url,
    schema: 'public',
    applicationName: 'subject',
    maxConnections: 3,
    queryTimeoutMs,
    log: silentLogger,
  })
}

beforeAll(async () => {
  database = await createTestDatabase('empty')
  admin = connect(database.url)
})

afterAll(async () => {
  await admin?.close()
  await database?.drop()
})

beforeEach(async () => {
  const url = new URL(database.url)
  proxy = await startTcpProxy({ targetPort: Number(url.port) })
  url.port = String(proxy.port)
  db = connect(url.href)
})

afterEach(async () => {
  await db.close()
  await proxy.close()
})

const select = () => db.query((sql) => sql<{ n: number }[]>`select 1 as n`)

/** Opens all three connections. */
async function warmUp(): Promise<void> {
  await Promise.all([1, 2, 3].map(() => db.query((sql) => sql`select pg_sleep(0.05)`)))
  expect(proxy.connections()).toBe(3)
}

async function waitForSleepers(count: number): Promise<void> {
  for (;;) {
    const sleepers = await admin.query(
      (sql) => sql`
        select from pg_stat_activity
        where datname = current_database() and wait_event = 'PgSleep'`,
    )
    if (sleepers.length === count) return
    await delay(5)
  }
}

async function measureMs(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now()
  await work()
  return performance.now() - startMs
}

const expectUnavailable = (run: Promise<unknown>) => expect(run).rejects.toMatchObject(unavailable)

describe('a network that swallows everything', () => {
  test('costs one statement its time, and takes the other silent connections along', async () => {
    await warmUp()
    await proxy.setMode('blackhole')
    expect(await measureMs(() => expectUnavailable(select()))).toBeLessThan(queryTimeoutMs * 2)
    await proxy.setMode('pass')
    // The next to ask finds a connection that works, not the next silent one.
    expect(await measureMs(select)).toBeLessThan(queryTimeoutMs)
  })

  test('fails a transaction in time when it swallows COMMIT', async () => {
    const run = db.transaction(async (tx) => {
      await tx`select 1`
      await proxy.setMode('blackhole')
    })
    expect(await measureMs(() => expectUnavailable(run))).toBeLessThan(queryTimeoutMs * 2)
  })

  test('fails a statement in time while it connects', async () => {
    await proxy.setMode('blackhole')
    expect(await measureMs(() => expectUnavailable(select()))).toBeLessThan(queryTimeoutMs * 2)
    await proxy.setMode('pass')
    expect(await select()).toEqual([{ n: 1 }])
  })
})

// The driver leaves a statement unsettled that is issued between a socket's `error` and its `close`.
test('a call made in the very turn in which the connections are reset is answered', async () => {
  await warmUp()
  const calls = [1, 2, 3].map(() =>
    db.query((sql) => sql`select pg_sleep(60)`).catch(() => select()),
  )
  await waitForSleepers(3)
  await proxy.setMode('reset')
  await Promise.all(calls.map(expectUnavailable))
  await proxy.setMode('pass')
  expect(await select()).toEqual([{ n: 1 }])
})

test('a refused connection fails the call at once, with the reason; the next one tries again', async () => {
  await proxy.setMode('refuse')
  const run = select()
  expect(await measureMs(() => expectUnavailable(run))).toBeLessThan(queryTimeoutMs)
  await expect(run).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })
  await proxy.setMode('pass')
  expect(await select()).toEqual([{ n: 1 }])
})
