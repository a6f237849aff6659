import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connectDatabase, type Database, type Tx } from '../../server/database/database.ts'
import { silentLogger } from '../../server/kernel/logger.ts'
import { findSleeper, terminateBackends, waitUntilGone } from '../support/backends.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

// An uncaught exception or an unhandled rejection anywhere in here fails the run: vitest reports both.

const unavailable = { code: 'database_unavailable', status: 503, retryAfterSeconds: 1 }

let database: TestDatabase
let admin: Database
let db: Database

function connect(applicationName: string, maxConnections: number): Database {
  const { url } = database
  return connectDatabase({
    url,
    schema: 'public',
    applicationName,
    maxConnections,
    log: silentLogger,
  })
}

beforeAll(async () => {
  database = await createTestDatabase('empty')
  admin = connect('admin', 2)
  db = connect('subject', 4)
  await admin.query((sql) =>
    sql.unsafe(`
      create table facts (name text primary key);
      create function sleep_at_commit() returns trigger language plpgsql as
        $$ begin perform pg_sleep(60); return null; end $$;
      create table slow_commits (id int);
      create constraint trigger slow after insert on slow_commits
        deferrable initially deferred for each row execute function sleep_at_commit()`),
  )
})

afterAll(async () => {
  await Promise.all([db?.close(), admin?.close()])
  await database?.drop()
})

beforeEach(async () => {
  await admin.query((sql) => sql`truncate facts`)
})

async function factNames(): Promise<string[]> {
  const rows = await admin.query(
    (sql) => sql<{ name: string }[]>`select name from facts order by 1`,
  )
  return rows.map((row) => row.name)
}

describe('a transaction', () => {
  test('commits what its callback did, and returns its result', async () => {
    const result = await db.transaction(async (tx) => {
      await tx`insert into facts values ('a')`
      await tx`insert into facts ${tx([{ name: 'b' }, { name: 'c' }])}`
      return 'done'
    })
    expect(result).toBe('done')
    expect(await factNames()).toEqual(['a', 'b', 'c'])
  })

  test('whose callback throws is rolled back, and the error arrives as it was', async () => {
    const ours = new Error('ours')
    const run = db.transaction(async (tx) => {
      await tx`insert into facts values ('a')`
      throw ours
    })
    await expect(run).rejects.toBe(ours)
    expect(await factNames()).toEqual([])
  })

  test('does not commit when its callback swallows the error of a statement', async () => {
    const run = db.transaction(async (tx) => {
      await tx`insert into facts values ('a')`
      await tx`insert into facts values ('a')`.catch(() => 'never mind')
      return 'looks good'
    })
    await expect(run).rejects.toMatchObject({ code: '23505' })
    expect(await factNames()).toEqual([])
  })

  test('does not commit when a statement fails that its callback does not wait for', async () => {
    const run = db.transaction(async (tx) => {
      await tx`insert into facts values ('a')`
      tx`insert into facts values ('a')`.execute()
      return 'looks good'
    })
    await expect(run).rejects.toMatchObject({ code: '23505' })
    expect(await factNames()).toEqual([])
  })

  test('refuses statements once it is over: the connection is somebody else’s by then', async () => {
    let kept: Tx | undefined
    await db.transaction(async (tx) => {
      kept = tx
    })
    await expect(kept?.unsafe(`insert into facts values ('late')`)).rejects.toThrow('is over')
    expect(await factNames()).toEqual([])
  })

  test('rejects with an error of Postgres as it came, also one that only COMMIT finds', async () => {
    await admin.query((sql) =>
      sql.unsafe(`
        create table parents (id int primary key);
        create table children (parent int references parents deferrable initially deferred)`),
    )
    const run = db.transaction((tx) => tx`insert into children values (1)`)
    await expect(run).rejects.toBeInstanceOf(postgres.PostgresError)
    await expect(run).rejects.toMatchObject({ code: '23503' })
  })

  test('survives a parameter that cannot be written', async () => {
    const run = db.transaction(async (tx) => {
      await tx`insert into facts values ('a')`
      await tx`select ${new Date(Number.NaN)}::timestamptz`
    })
    await expect(run).rejects.toThrow(RangeError)
    expect(await factNames()).toEqual([])
  })

  test('runs the parts of a statement once, as parts', async () => {
    const rows = await db.transaction((tx) => {
      const condition = tx`n > ${2}`
      return tx<
        { n: number }[]
      >`select n from generate_series(1, 4) n where ${condition} order by n`
    })
    expect(rows.map((row) => row.n)).toEqual([3, 4])
  })
})

describe('when the backend dies', () => {
  test('inside a statement of a transaction, it fails and leaves nothing', async () => {
    const run = db.transaction(async (tx) => {
      await tx`insert into facts values ('half')`
      await tx`select pg_sleep(60)`
    })
    const outcome = expect(run).rejects.toMatchObject(unavailable)
    await findSleeper(admin, 'subject')
    await terminateBackends(admin, 'subject')
    await outcome
    expect(await factNames()).toEqual([])
    await db.query((sql) => sql`select 1`)
  })

  test('between the statements of a transaction, the next one is refused and it fails', async () => {
    let refused: unknown
    const run = db.transaction(async (tx) => {
      await tx`insert into facts values ('half')`
      await terminateBackends(admin, 'subject')
      await waitUntilGone(admin, 'subject')
      await tx`insert into facts values ('rest')`.catch((error) => (refused = error))
      // Once refused, always refused: the connection that would take it is gone.
      await expect(tx`select 1`).rejects.toMatchObject(unavailable)
      return 'looks good'
    })
    await expect(run).rejects.toMatchObject(unavailable)
    expect(refused).toMatchObject(unavailable)
    expect(await factNames()).toEqual([])
  })

  test('after the last statement of a transaction, it fails all the same', async () => {
    const run = db.transaction(async (tx) => {
      await tx`insert into facts values ('half')`
      await terminateBackends(admin, 'subject')
      await waitUntilGone(admin, 'subject')
    })
    await expect(run).rejects.toMatchObject(unavailable)
    expect(await factNames()).toEqual([])
  })

  test('during COMMIT, the transaction fails', async () => {
    const run = db.transaction(async (tx) => {
      await tx`insert into facts values ('half')`
      await tx`insert into slow_commits values (1)`
    })
    const outcome = expect(run).rejects.toMatchObject(unavailable)
    await findSleeper(admin, 'subject')
    await terminateBackends(admin, 'subject')
    await outcome
    expect(await factNames()).toEqual([])
  })

  test('in a plain statement, that one fails and the others do not', async () => {
    const sleeps = db.query((sql) => sql`select pg_sleep(60)`)
    const outcome = expect(sleeps).rejects.toMatchObject(unavailable)
    await findSleeper(admin, 'subject')
    const other = db.transaction(async (tx) => {
      await tx`insert into facts values ('whole')`
      await admin.query(
        (sql) => sql`
          select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'subject' and wait_event = 'PgSleep'`,
      )
      await outcome
    })
    await other
    expect(await factNames()).toEqual(['whole'])
  })

  test('a caller that tries again in the same turn gets an answer', async () => {
    for (let round = 0; round < 20; round++) {
      const again = db
        .query((sql) => sql`select pg_sleep(60)`)
        .catch(() => db.query((sql) => sql<{ n: number }[]>`select ${round}::int as n`))
      await findSleeper(admin, 'subject')
      await terminateBackends(admin, 'subject')
      // The retry may meet a connection that died at the same time, whose end is not yet known here.
      const rows = await again.catch(() =>
        db.query((sql) => sql<{ n: number }[]>`select ${round}::int as n`),
      )
      expect(rows[0]).toEqual({ n: round })
    }
  })
})
