import { spawn } from 'node:child_process'
import { once } from 'node:events'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectDatabase, type Database } from '../../server/database/database.ts'
import { asTenant } from '../../server/database/tenant.ts'
import { silentLogger } from '../../server/kernel/logger.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { startTcpProxy } from '../support/tcp-proxy.ts'

const unavailable = { code: 'database_unavailable', status: 503, retryAfterSeconds: 1 }

let database: TestDatabase
let db: Database

function connect(options: Partial<Parameters<typeof connectDatabase>[0]> = {}): Database {
  return connectDatabase({
    url: database.url,
    schema: 'posthorn',
    applicationName: 'subject',
    maxConnections: 2,
    log: silentLogger,
    ...options,
  })
}

beforeAll(async () => {
  database = await createTestDatabase()
  db = connect()
})

afterAll(async () => {
  await db?.close()
  await database?.drop()
})

describe('values', () => {
  test('come back as JavaScript has them, under names as JavaScript writes them', async () => {
    const rows = await db.query(
      (sql) => sql`
        select 9007199254740991::int8 as big_number, '{"deep_key":[1]}'::jsonb as some_json,
          '2026-01-02T03:04:05.678Z'::timestamptz as some_time, null::text as no_text,
          ${'{a,"b c","d\\"e",NULL,"NULL",""}'}::text[] as some_texts,
          '{{1,2},{3,4}}'::int8[] as some_numbers, '{}'::uuid[] as no_ids`,
    )
    expect([...rows]).toEqual([
      {
        bigNumber: 9007199254740991,
        someJson: { deep_key: [1] },
        someTime: new Date('2026-01-02T03:04:05.678Z'),
        noText: null,
        someTexts: ['a', 'b c', 'd"e', null, 'NULL', ''],
        someNumbers: [
          [1, 2],
          [3, 4],
        ],
        noIds: [],
      },
    ])
  })

  test('arrive at the server as they were', async () => {
    const texts = [
      'plain',
      'with "quotes"',
      'back\\slash',
      '{braces, and commas}',
      '',
      'NULL',
      null,
    ]
    const ids = ['0198c5f2-0000-7000-8000-000000000001']
    const times = [new Date('2026-01-02T03:04:05.678Z')]
    const documents = [{ a: [1, 'x"y'] }, null]
    const [row] = await db.query(
      (sql) => sql`
        select ${texts}::text[] as texts, ${ids}::uuid[] as ids, ${[1, 2]}::int8[] as numbers,
          ${sql.array(times)} as times, ${sql.array(documents as never[], 3802)} as documents,
          ${sql.json({ a_b: 1 })} as document, ${undefined as unknown as null}::text as nothing`,
    )
    expect(row).toEqual({
      texts,
      ids,
      numbers: [1, 2],
      times,
      documents,
      document: { a_b: 1 },
      nothing: null,
    })
  })

  test('a row count comes with a statement that returns no rows', async () => {
    const result = await db.query((sql) => sql`update buckets set bucket = bucket where bucket < 3`)
    expect(result.count).toBe(3)
  })
})

describe('a statement', () => {
  test('rejects with an error of Postgres as it came', async () => {
    const run = db.query((sql) => sql`select * from nowhere`)
    await expect(run).rejects.toBeInstanceOf(postgres.PostgresError)
    await expect(run).rejects.toMatchObject({ code: '42P01' })
  })

  test('that fails while its rows arrive leaves no trace in the result of the next', async () => {
    const single = connect({ maxConnections: 1 })
    const failing = single.query((sql) => sql`select 1 / (3 - n) from generate_series(1, 5) n`)
    await expect(failing).rejects.toMatchObject({ code: '22012' })
    expect([...(await single.query((sql) => sql`select 1 as one`))]).toEqual([{ one: 1 }])
    await single.close()
  })

  test('that is too slow is ended by the server, and the connection serves on', async () => {
    const impatient = connect({ queryTimeoutMs: 500, maxConnections: 1 })
    const pid = () => impatient.query((sql) => sql`select pg_backend_pid() as pid`)
    const before = await pid()
    await expect(impatient.query((sql) => sql`select pg_sleep(60)`)).rejects.toMatchObject({
      code: '57014',
    })
    expect(await pid()).toEqual(before)
    await impatient.close()
  })

  test('waits for a connection, but not for ever', async () => {
    const narrow = connect({ maxConnections: 1, queryTimeoutMs: 500 })
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    const holder = narrow.transaction(() => held)
    await expect(narrow.query((sql) => sql`select 1`)).rejects.toMatchObject(unavailable)
    const patient = narrow.query((sql) => sql`select 1 as n`)
    release()
    await holder
    expect([...(await patient)]).toEqual([{ n: 1 }])
    await narrow.close()
  })

  test('that meets a wrong password or database rejects with what Postgres says', async () => {
    const url = new URL(database.url)
    url.pathname = '/nowhere'
    const lost = connect({ url: url.href })
    await expect(lost.query((sql) => sql`select 1`)).rejects.toMatchObject({ code: '3D000' })
    await lost.close()
    url.password = 'wrong'
    const stranger = connect({ url: url.href })
    await expect(stranger.query((sql) => sql`select 1`)).rejects.toMatchObject({ code: '28P01' })
    await stranger.close()
  })
})

describe('a statement of a transaction', () => {
  test('may have parts, which do not run by themselves', async () => {
    const rows = await db.transaction((tx) => {
      const condition = tx`n > ${2}`
      return tx<{ n: number }[]>`
        select n from generate_series(1, 4) n where ${condition} order by n`
    })
    expect([...rows]).toEqual([{ n: 3 }, { n: 4 }])
  })

  test('whose parameter cannot be written fails its transaction and nothing else', async () => {
    const run = db.transaction((tx) => tx`select ${new Date(Number.NaN)}::timestamptz`)
    await expect(run).rejects.toThrow(RangeError)
    expect([...(await db.query((sql) => sql`select 1 as n`))]).toEqual([{ n: 1 }])
  })
})

describe('a connection', () => {
  test('starts with its schema, role and settings, and heeds no parameter of Prisma or libpq', async () => {
    const other = connect({
      url: `${database.url}?schema=public&connection_limit=5&channel_binding=prefer`,
      role: 'posthorn_api',
      settings: { synchronous_commit: 'off' },
    })
    const [row] = await other.query(
      (sql) => sql`
        select current_schema() as schema, current_user as role,
          current_setting('synchronous_commit') as commit, current_setting('TimeZone') as zone`,
    )
    expect(row).toEqual({ schema: 'posthorn', role: 'posthorn_api', commit: 'off', zone: 'UTC' })
    await other.close()
  })

  test('to several hosts is refused, with the way out', () => {
    expect(() => connect({ url: 'postgres://me@one,two:5433/db' })).toThrow('Name one')
  })
})

describe('a tenant', () => {
  const [ours, theirs] = [
    '0198C5F2-0000-4000-8000-00000000000A',
    '0198c5f2-0000-4000-8000-00000000000b',
  ]
  const scope = (target: Database) =>
    target.query((sql) => sql`select current_setting('posthorn.organisation_id', true) as scope`)

  test('is set for its transaction alone, also before the first statement is waited for', async () => {
    const narrow = connect({ maxConnections: 1 })
    const seen = await asTenant(
      narrow,
      ours,
      (tx) => tx`select current_setting('posthorn.organisation_id') as scope`,
    )
    expect([...seen]).toEqual([{ scope: ours.toLowerCase() }])
    expect((await scope(narrow))[0]?.['scope'] ?? '').toBe('')
    await narrow.close()
  })

  test('sees its own rows only, the platform all of them, nobody none', async () => {
    const api = connect({ role: 'posthorn_api', maxConnections: 1 })
    const insert = (id: string) =>
      asTenant(
        api,
        id,
        (tx) => tx`
        insert into domain_events (entity_type, entity_id, event_type, data, organisation_id)
        values ('Issue', ${id}, 'IssueCreated', '{}', ${id})`,
      )
    await insert(ours)
    await insert(theirs)
    const count = async (as: string) =>
      (await asTenant(api, as, (tx) => tx`select from domain_events`)).length
    expect(await count(ours)).toBe(1)
    expect(await count('platform')).toBe(2)
    expect((await api.query((sql) => sql`select from domain_events`)).length).toBe(0)
    await api.close()
  })

  test('is a UUID: the sign of the platform does not pass for one', async () => {
    const run = asTenant(db, '*', (tx) => tx`select 1`)
    await expect(run).rejects.toThrow('needs the UUID')
  })
})

describe('close', () => {
  test('lets what runs finish and refuses what comes', async () => {
    const closing = connect()
    const running = closing.query((sql) => sql`select pg_sleep(0.2), 1 as n`)
    const closed = closing.close()
    await expect(closing.query((sql) => sql`select 1`)).rejects.toMatchObject(unavailable)
    expect((await running)[0]).toMatchObject({ n: 1 })
    await closed
  })

  /** A process that ends by itself, with what still held it open as its output. */
  async function runProcess(
    url: string,
    work: string,
  ): Promise<{ status: number; output: string }> {
    const module = new URL('../../server/database/database.ts', import.meta.url).href
    const script = `
      import { connectDatabase } from '${module}'
      const log = { debug() {}, info() {}, warn() {}, error() {} }
      const options = { url: '${url}', schema: 'posthorn', applicationName: 'child', log }
      const db = connectDatabase({ ...options, maxConnections: 3, queryTimeoutMs: 500 })
      ${work}
      await db.close()
      // Node closes a destroyed socket at the end of the turn.
      for (let turn = 0; turn < 2; turn++) await new Promise(setImmediate)
      console.log(process.getActiveResourcesInfo().filter((name) => /Timeout|TCP|TLS/.test(name)).join() || 'nothing')`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    const killer = setTimeout(() => child.kill('SIGKILL'), 15_000)
    const [status] = await once(child, 'close')
    clearTimeout(killer)
    return { status, output: output.trim() }
  }

  test('leaves no timer and no socket: the process ends by itself', async () => {
    const ended = await runProcess(
      database.url,
      `await Promise.all([1, 2, 3, 4, 5].map(() => db.query((sql) => sql\`select 1\`)))
      await db.transaction((tx) => tx\`select 1\`)
      await db.query((sql) => sql\`select nonsense\`).catch(() => {})`,
    )
    expect(ended).toEqual({ status: 0, output: 'nothing' })
  })

  test('leaves nothing when the server does not answer either', async () => {
    const url = new URL(database.url)
    const proxy = await startTcpProxy({ targetPort: Number(url.port) })
    await proxy.setMode('blackhole')
    url.port = String(proxy.port)
    const ended = await runProcess(
      url.href,
      'await db.query((sql) => sql`select 1`).catch(() => {})',
    )
    expect(ended).toEqual({ status: 0, output: 'nothing' })
    await proxy.close()
  })
})
