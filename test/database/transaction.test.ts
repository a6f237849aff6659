import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connectDatabase, type Database, type Tx } from '../../server/database/database.ts'
import { startEmbeddedPostgres } from '../../server/embedded-postgres/index.ts'
import { silentLogger } from '../../server/kernel/logger.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'

const unavailable = { code: 'database_unavailable', status: 503 }

let database: TestDatabase
let admin: Database
let db: Database

function connect(
  url: string,
  options: { name?: string; connections?: number; timeoutMs?: number } = {},
) {
  return connectDatabase({
    url,
    schema: 'public',
    applicationName: options.name ?? 'victim',
    maxConnections: options.connections ?? 4,
    queryTimeoutMs: options.timeoutMs ?? 10_000,
    log: silentLogger,
  })
}

beforeAll(async () => {
  database = await createTestDatabase('empty')
  admin = connect(database.url, { name: 'admin', connections: 1 })
  await createTables(admin)
})

afterAll(async () => {
  await admin?.close()
  await database?.drop()
})

beforeEach(() => {
  db = connect(database.url)
})

afterEach(() => db.close())

async function createTables(on: Database): Promise<void> {
  await on.query((sql) => sql`create table notes (text text primary key)`)
  await on.query((sql) => sql`create table accounts (id int primary key, balance int not null)`)
  await on.query((sql) => sql`insert into accounts values (1, 1000), (2, 1000)`)
  await on.query((sql) => sql`create table transfers (id text primary key)`)
}

async function pidOf(tx: Tx): Promise<number> {
  const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`
  return row?.pid ?? 0
}

/** Returns when the backend is gone. */
async function terminate(pid: number): Promise<void> {
  const [row] = await admin.query(
    (sql) => sql<{ done: boolean }[]>`select pg_terminate_backend(${pid}, 8000) as done`,
  )
  expect(row?.done).toBe(true)
}

/** Waits until a backend of `db` waits for `event`, and says which. */
async function waitForBackend(event: string): Promise<number> {
  for (;;) {
    const [row] = await admin.query(
      (sql) => sql<{ pid: number }[]>`
        select pid from pg_stat_activity
        where datname = current_database() and application_name = 'victim' and wait_event = ${event}`,
    )
    if (row) return row.pid
    await delay(5)
  }
}

async function notes(): Promise<string[]> {
  const rows = await admin.query((sql) => sql<{ text: string }[]>`select text from notes`)
  return rows.map((row) => row.text)
}

/** Tries until it succeeds. Every failure on the way must be the one that callers may try again after. */
async function recovered<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      expect(error).toMatchObject(unavailable)
      await delay(5)
    }
  }
}

const selectOne = (on: Database) => on.query((sql) => sql<{ one: number }[]>`select 1 as one`)
const works = async (on: Database) => {
  const rows = await recovered(() => selectOne(on))
  expect([...rows]).toEqual([{ one: 1 }])
}

describe('what commits', () => {
  test('all of it, once work is done', async () => {
    const result = await db.transaction(async (tx) => {
      await tx`insert into notes values ('whole, part one')`
      await tx`insert into notes values ('whole, part two')`
      return 'result'
    })
    expect(result).toBe('result')
    expect(await notes()).toEqual(expect.arrayContaining(['whole, part one', 'whole, part two']))
  })

  test('nothing, if work throws', async () => {
    const failing = db.transaction(async (tx) => {
      await tx`insert into notes values ('thrown')`
      throw new Error('mine')
    })
    await expect(failing).rejects.toThrow('mine')
    expect(await notes()).not.toContain('thrown')
  })

  test('nothing, if work swallows a failed statement', async () => {
    const failing = db.transaction(async (tx) => {
      await tx`insert into notes values ('swallowed')`
      await tx`select 1 / 0`.catch(() => undefined)
      return 'looks fine'
    })
    await expect(failing).rejects.toMatchObject({ code: '22012' })
    expect(await notes()).not.toContain('swallowed')
    await works(db)
  })

  test('nothing, if a statement that nobody awaits fails', async () => {
    const failing = db.transaction(async (tx) => {
      await tx`insert into notes values ('unawaited failure')`
      tx`select 1 / 0`.execute()
    })
    await expect(failing).rejects.toMatchObject({ code: '22012' })
    expect(await notes()).not.toContain('unawaited failure')
  })

  test('a statement that nobody awaits, as well', async () => {
    await db.transaction(async (tx) => {
      tx`insert into notes values (${'unawaited'})`.execute()
    })
    expect(await notes()).toContain('unawaited')
  })

  test('nothing, if a constraint fails at commit', async () => {
    await admin.query(
      (sql) => sql`create table deferred (id int unique deferrable initially deferred)`,
    )
    const failing = db.transaction(async (tx) => {
      await tx`insert into deferred values (1), (1)`
    })
    await expect(failing).rejects.toMatchObject({ code: '23505' })
    await works(db)
  })

  test('statements in parallel share the transaction', async () => {
    const pids = await db.transaction((tx) => Promise.all([pidOf(tx), pidOf(tx), pidOf(tx)]))
    expect(new Set(pids).size).toBe(1)
  })

  test('a statement after the end is refused and does not run', async () => {
    const escaped = await db.transaction(async (tx) => ({ tx }))
    await expect(escaped.tx`insert into notes values ('escaped')`).rejects.toThrow(/over/)
    await works(db)
    expect(await notes()).not.toContain('escaped')
  })
})

describe('a terminated backend', () => {
  test('inside a statement', async () => {
    const failing = db.transaction(async (tx) => {
      await tx`insert into notes values ('inside')`
      await tx`select pg_sleep(600)`
    })
    const [outcome] = await Promise.allSettled([failing, waitForBackend('PgSleep').then(terminate)])
    expect(outcome).toMatchObject({ status: 'rejected', reason: unavailable })
    await works(db)
    expect(await notes()).not.toContain('inside')
  })

  test('between statements', async () => {
    let second: unknown
    const failing = db.transaction(async (tx) => {
      await tx`insert into notes values ('between')`
      await terminate(await pidOf(tx))
      second = await tx`insert into notes values ('after')`.catch((error: unknown) => error)
      throw second
    })
    await expect(failing).rejects.toMatchObject(unavailable)
    expect(second).toMatchObject(unavailable)
    await works(db)
    expect(await notes()).not.toContain('between')
    expect(await notes()).not.toContain('after')
  })

  test('between statements, unnoticed by the work', async () => {
    const failing = db.transaction(async (tx) => {
      await tx`insert into notes values ('unnoticed')`
      await terminate(await pidOf(tx))
      await tx`select 1`.catch(() => undefined)
      return 'looks fine'
    })
    await expect(failing).rejects.toMatchObject(unavailable)
    expect(await notes()).not.toContain('unnoticed')
  })

  test('after the last statement', async () => {
    const failing = db.transaction(async (tx) => {
      await tx`insert into notes values ('last')`
      await terminate(await pidOf(tx))
    })
    await expect(failing).rejects.toMatchObject(unavailable)
    await works(db)
    expect(await notes()).not.toContain('last')
  })

  test('with many statements written ahead', async () => {
    const settled = db.transaction(async (tx) => {
      const pid = await pidOf(tx)
      const statements = [
        tx`select pg_sleep(600)`,
        ...Array.from({ length: 150 }, (_, n) => tx`select ${n}::int as number`),
      ]
      const all = Promise.allSettled(statements)
      await waitForBackend('PgSleep')
      await terminate(pid)
      return all
    })
    await expect(settled).rejects.toMatchObject(unavailable)
    await works(db)
  })

  test('at commit', async () => {
    await admin.query((sql) => sql`create table slow_at_commit (id int)`)
    await admin.query(
      (sql) => sql`
        create function sleep_long() returns trigger language plpgsql
          as $$ begin perform pg_sleep(600); return null; end $$`,
    )
    await admin.query(
      (sql) => sql`
        create constraint trigger sleep_long after insert on slow_at_commit
          deferrable initially deferred for each row execute function sleep_long()`,
    )
    const failing = db.transaction(async (tx) => {
      await tx`insert into slow_at_commit values (1)`
    })
    const [outcome] = await Promise.allSettled([failing, waitForBackend('PgSleep').then(terminate)])
    expect(outcome).toMatchObject({ status: 'rejected', reason: unavailable })
    await works(db)
    const rows = await admin.query((sql) => sql`select from slow_at_commit`)
    expect(rows).toHaveLength(0)
  })

  test('in a plain statement, with and without parameters', async () => {
    for (const run of [
      () => db.query((sql) => sql`select pg_sleep(600)`),
      () => db.query((sql) => sql`select pg_sleep(${600}::float8)`),
      () => db.query((sql) => sql.unsafe('select pg_sleep(600)')),
    ]) {
      const [outcome] = await Promise.allSettled([run(), waitForBackend('PgSleep').then(terminate)])
      expect(outcome).toMatchObject({ status: 'rejected', reason: unavailable })
      await works(db)
    }
  })

  test('that was idle', async () => {
    const single = connect(database.url, { connections: 1 })
    try {
      for (let round = 0; round < 5; round++) {
        await terminate(await recovered(() => single.transaction(pidOf)))
        await works(single)
      }
    } finally {
      await single.close()
    }
  })

  test('over and over, under load: nothing is half done, and what was confirmed is there', async () => {
    const confirmed: string[] = []
    const loops = 8
    let kills = 0
    let failures = 0
    const isOver = () => kills >= 40 && confirmed.length >= 200

    async function transfer(id: string, amount: number): Promise<void> {
      await db.transaction(async (tx) => {
        await tx`update accounts set balance = balance - ${amount} where id = 1`
        tx`insert into transfers values (${id})`.execute()
        await tx`update accounts set balance = balance + ${amount} where id = 2`
      })
      confirmed.push(id)
    }

    async function keepTransferring(loop: number): Promise<void> {
      for (let turn = 0; !isOver(); turn++) {
        try {
          await transfer(`${loop}/${turn}`, (turn % 7) - 3)
          if (turn % 3 === 0) await selectOne(db)
        } catch (error) {
          failures++
          expect(error).toMatchObject(unavailable)
        }
      }
    }

    async function keepKilling(): Promise<void> {
      while (!isOver()) {
        const rows = await admin.query(
          (sql) => sql<{ killed: boolean }[]>`
            select pg_terminate_backend(pid) as killed from pg_stat_activity
            where datname = current_database() and application_name = 'victim' and state <> 'idle'
            order by random() limit 1`,
        )
        kills += rows.filter((row) => row.killed).length
        // So that most transactions live to be committed.
        await delay(3)
      }
    }

    await Promise.all([
      keepKilling(),
      ...Array.from({ length: loops }, (_, n) => keepTransferring(n)),
    ])
    expect(failures).toBeGreaterThan(0)
    const sums = await admin.query((sql) => sql`select sum(balance)::int as sum from accounts`)
    expect([...sums]).toEqual([{ sum: 2000 }])
    const rows = await admin.query((sql) => sql<{ id: string }[]>`select id from transfers`)
    const stored = new Set(rows.map((row) => row.id))
    expect(confirmed.filter((id) => !stored.has(id))).toEqual([])
    expect(stored.size - confirmed.length).toBeLessThanOrEqual(failures)
    await works(db)
  })
})

describe('a network that fails', () => {
  let proxy: TcpProxy
  let through: Database

  beforeEach(async () => {
    const { port, hostname } = new URL(database.url)
    proxy = await startTcpProxy({ targetPort: Number(port), targetHost: hostname })
    const url = new URL(database.url)
    url.port = String(proxy.port)
    through = connect(url.href, { timeoutMs: 1000, connections: 2 })
  })

  afterEach(async () => {
    await through.close()
    await proxy.close()
  })

  test('a black hole in the middle of a transaction', async () => {
    await works(through)
    const failing = through.transaction(async (tx) => {
      await tx`insert into notes values ('black hole')`
      await proxy.setMode('blackhole')
      await tx`insert into notes values ('in the black hole')`
    })
    await expect(failing).rejects.toMatchObject(unavailable)
    await proxy.setMode('pass')
    await works(through)
    expect(await notes()).not.toContain('black hole')
  })

  test('a black hole from the beginning, with more callers than connections', async () => {
    await proxy.setMode('blackhole')
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => selectOne(through)))
    for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: unavailable })
    await proxy.setMode('pass')
    await works(through)
  })

  test('a black hole behind idle connections', async () => {
    await Promise.all([through.transaction(pidOf), through.transaction(pidOf)])
    await proxy.setMode('blackhole')
    await expect(selectOne(through)).rejects.toMatchObject(unavailable)
    await proxy.setMode('pass')
    await works(through)
  })

  test.each(['reset', 'refuse'] as const)('%s in the middle of a transaction', async (mode) => {
    const failing = through.transaction(async (tx) => {
      await tx`insert into notes values (${mode})`
      await proxy.setMode(mode)
      await tx`select 1`
    })
    await expect(failing).rejects.toMatchObject(unavailable)
    await expect(selectOne(through)).rejects.toMatchObject(unavailable)
    await proxy.setMode('pass')
    await works(through)
    expect(await notes()).not.toContain(mode)
  })

  test('closing in a black hole', async () => {
    await works(through)
    await proxy.setMode('blackhole')
    await through.close()
    await expect(selectOne(through)).rejects.toMatchObject(unavailable)
  })
})

test('a server that is killed and started again', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'posthorn-test-'))
  const options = { dataDir, log: silentLogger, settings: { shared_buffers: '16MB', fsync: 'off' } }
  let server = await startEmbeddedPostgres(options)
  const own = connect(server.url, { connections: 4 })
  try {
    await createTables(own)
    const confirmed: string[] = []
    let isOver = false
    let failures = 0
    const load = Array.from({ length: 4 }, async (_, loop) => {
      for (let turn = 0; !isOver; turn++) {
        try {
          const id = `${loop}/${turn}`
          await own.transaction(async (tx) => {
            await tx`update accounts set balance = balance - 1 where id = 1`
            await tx`insert into transfers values (${id})`
            await tx`update accounts set balance = balance + 1 where id = 2`
          })
          confirmed.push(id)
        } catch (error) {
          failures++
          expect(error).toMatchObject(unavailable)
          await delay(5)
        }
      }
    })
    for (let round = 1; round <= 3; round++) {
      const goal = confirmed.length + 20
      while (confirmed.length < goal) await delay(5)
      const pidFile = join(dataDir, 'postgres', 'postmaster.pid')
      const [pid] = (await readFile(pidFile, 'utf8')).split('\n')
      const failuresBefore = failures
      process.kill(Number(pid), 'SIGKILL')
      while (failures === failuresBefore) await delay(5)
      const { url } = server
      server = await startEmbeddedPostgres(options)
      expect(server.url).toBe(url)
      await works(own)
    }
    isOver = true
    await Promise.all(load)
    const rows = await own.query((sql) => sql<{ id: string }[]>`select id from transfers`)
    const stored = new Set(rows.map((row) => row.id))
    expect(confirmed.filter((id) => !stored.has(id))).toEqual([])
    const sums = await own.query((sql) => sql`select sum(balance)::int as sum from accounts`)
    expect([...sums]).toEqual([{ sum: 2000 }])
  } finally {
    await own.close()
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
})

describe('the pool', () => {
  test('tells a caller when no connection becomes free', async () => {
    const single = connect(database.url, { connections: 1, timeoutMs: 1000 })
    try {
      await single.transaction(async (tx) => {
        await expect(selectOne(single)).rejects.toMatchObject(unavailable)
        await tx`select 1`
      })
      await works(single)
    } finally {
      await single.close()
    }
  })

  test('closing lets finish what runs and refuses what comes', async () => {
    const own = connect(database.url, { connections: 1 })
    let closing: Promise<void> | undefined
    await own.transaction(async (tx) => {
      await tx`insert into notes values ('while closing')`
      const waiting = selectOne(own)
      closing = own.close()
      await expect(waiting).rejects.toMatchObject(unavailable)
    })
    await closing
    expect(await notes()).toContain('while closing')
    await expect(selectOne(own)).rejects.toMatchObject(unavailable)
  })

  test.each(['used', 'unused', 'lost', 'unreachable'])(
    '%s and closed, it leaves nothing',
    async (state) => {
      const source = new URL('../../server/database/database.ts', import.meta.url).href
      const url = state === 'unreachable' ? 'postgres://nobody@127.0.0.1:1/none' : database.url
      const program = `
      import { connectDatabase } from ${JSON.stringify(source)}
      const log = { debug() {}, info() {}, warn() {}, error() {} }
      const db = connectDatabase({
        url: ${JSON.stringify(url)}, schema: 'public', applicationName: 'child', maxConnections: 3, log,
      })
      const state = ${JSON.stringify(state)}
      const one = () => db.query((sql) => sql\`select 1\`)
      if (state === 'unreachable') await one().catch(() => undefined)
      if (state === 'used' || state === 'lost') {
        await Promise.all([one(), one(), db.transaction((tx) => tx\`select \${1}::int\`)])
      }
      if (state === 'lost') {
        await db.query((sql) => sql\`select pg_terminate_backend(pg_backend_pid())\`).catch(() => undefined)
      }
      await db.close()
      process.stdout.write('closed')`
      const parameters = ['--conditions=posthorn-source', '--input-type=module', '--eval', program]
      const child = spawn(process.execPath, parameters, { stdio: ['ignore', 'pipe', 'inherit'] })
      let printed = ''
      child.stdout.on('data', (chunk) => {
        printed += chunk
      })
      const [status] = await once(child, 'close')
      expect({ status, printed }).toEqual({ status: 0, printed: 'closed' })
    },
  )
})
