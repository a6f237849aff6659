import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TLSSocket } from 'node:tls'
import { drizzle as drizzlePg } from 'drizzle-orm/node-postgres'
import { drizzle as drizzlePostgresJs } from 'drizzle-orm/postgres-js'
import pg from 'pg'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createPosthorn, type PosthornOptions } from '../../server/index.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { encryptionKeys } from '../support/encryption-keys.ts'

type HostDatabase = PosthornOptions['database']

let database: TestDatabase
let server: URL
let admin: postgres.Sql
const closings: (() => unknown)[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  server = new URL(database.url)
  admin = postgres(database.url, { max: 1 })
})

afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close()
})

afterAll(async () => {
  await admin?.end()
  await database?.drop()
})

function parts() {
  return {
    host: server.hostname,
    port: Number(server.port),
    user: server.username,
    password: decodeURIComponent(server.password),
    database: server.pathname.slice(1),
  }
}

function pgPool(options: pg.PoolConfig = { connectionString: database.url }): pg.Pool {
  const pool = new pg.Pool(options)
  closings.push(() => pool.end())
  return pool
}

function postgresJs(options: postgres.Options<never> = parts()): postgres.Sql {
  const sql = postgres(options)
  closings.push(() => sql.end())
  return sql
}

async function readiness(hostDatabase: HostDatabase, more: Partial<PosthornOptions> = {}) {
  const posthorn = createPosthorn({
    database: hostDatabase,
    encryptionKeys,
    consoleDir: false,
    ...more,
  })
  closings.push(() => posthorn.close())
  const response = await posthorn.fetch(new Request('http://host/readyz'))
  return { status: response.status, posthorn }
}

const hosts: Record<string, () => HostDatabase> = {
  'a pg Pool by its URL': () => pgPool(),
  'a pg Pool by its parts': () => pgPool(parts()),
  'a pg Client': () => new pg.Client({ connectionString: database.url }),
  'a postgres.js sql': () => postgresJs(),
  'drizzle over a pg Pool': () => drizzlePg(pgPool()),
  'drizzle over postgres.js': () => drizzlePostgresJs(postgresJs()),
  'a pg Pool with a password function': () =>
    pgPool({ ...parts(), password: async () => parts().password }),
  'a postgres.js sql with a password function': () =>
    postgresJs({ ...parts(), password: async () => parts().password }),
}

test.each(Object.entries(hosts))('%s says where and as whom to connect', async (_name, make) => {
  expect((await readiness(make())).status).toBe(200)
})

test('the pool of the host is neither used nor ended', async () => {
  const pool = pgPool({ connectionString: database.url, max: 1 })
  const sql = postgresJs({ ...parts(), max: 1 })
  const held = await pool.connect()
  for (const hostDatabase of [pool, sql]) {
    const { posthorn } = await readiness(hostDatabase)
    await posthorn.dispatcher.start()
    await posthorn.close()
  }
  held.release()
  expect(pool.totalCount).toBe(1)
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }])
})

describe('a password function', () => {
  test('is asked for every connection, so that a token may run out', async () => {
    let asked = 0
    const password = () => {
      asked++
      return parts().password
    }
    const { posthorn } = await readiness(pgPool({ ...parts(), password }), { connectionsMax: 5 })
    await posthorn.dispatcher.start()
    expect(asked).toBeGreaterThanOrEqual(2)
  })

  test.each([
    ['pg', (password: () => Promise<string>) => pgPool({ ...parts(), password })],
    ['postgres.js', (password: () => Promise<string>) => postgresJs({ ...parts(), password })],
  ])('of %s that fails costs the one who asked, and the next tries again', async (_name, make) => {
    let isDown = true
    const password = async () => {
      if (isDown) throw new Error('no token today')
      return parts().password
    }
    const { status, posthorn } = await readiness(make(password))
    expect(status).toBe(503)
    isDown = false
    const ready = () => posthorn.fetch(new Request('http://host/readyz'))
    await expect.poll(async () => (await ready()).status, { timeout: 10_000 }).toBe(200)
  })
})

test('a Unix socket is found by its folder', async () => {
  const [row] = await admin<{ folder: string }[]>`
    select current_setting('unix_socket_directories') as folder`
  const folder = mkdtempSync(join(tmpdir(), 'posthorn-socket-'))
  closings.push(() => rmSync(folder, { recursive: true, force: true }))
  const port = Number(server.port)
  // The test server has no socket of its own; whatever comes through this one is led to its port.
  expect(row?.folder).toBe('')
  const relay = createServer((socket) => {
    const upstream = connect(port, server.hostname)
    socket.on('error', () => upstream.destroy()).on('close', () => upstream.destroy())
    upstream.on('error', () => socket.destroy())
    socket.pipe(upstream).pipe(socket)
  }).listen(join(folder, `.s.PGSQL.${port}`))
  closings.push(() => relay.close())
  for (const hostDatabase of [
    pgPool({ ...parts(), host: folder }),
    postgresJs({ ...parts(), host: folder }),
  ]) {
    expect((await readiness(hostDatabase)).status).toBe(200)
  }
})

describe('what cannot be connected by is refused, with the fix:', () => {
  const refusals: [string, () => unknown, RegExp][] = [
    ['nothing', () => undefined, /database: is nothing that .* Pass its postgres:\/\/ URL/],
    ['another URL', () => 'mysql://host/db', /database: is not a postgres:\/\/ URL\. Pass/],
    ['an unknown object', () => ({ query: () => undefined }), /is nothing that/],
    [
      'Prisma',
      () => ({ $transaction: () => undefined }),
      /is a Prisma client.*Pass the URL, or the pg Pool/,
    ],
    [
      'several hosts',
      () => postgres('postgres://one:1,two:2/db', { max: 1 }),
      /connects to several hosts\. Pass the URL of one/,
    ],
    [
      'sockets of its own (pg)',
      () => pgPool({ ...parts(), stream: () => new TLSSocket(connect(1)) }),
      /a function of its own \(stream\).*Pass a URL/,
    ],
  ]
  test.each(refusals)('%s', (_name, make, expected) => {
    expect(() => createPosthorn({ database: make() as string })).toThrow(expected)
  })

  test('a transaction, which ends', async () => {
    await postgresJs().begin(async (tx) => {
      expect(() => createPosthorn({ database: tx as never })).toThrow(
        /is a transaction, which ends/,
      )
    })
  })
})

test.each([0, 4, 5.5, Number.NaN])('connectionsMax is not %s', (connectionsMax) => {
  expect(() => createPosthorn({ database: database.url, encryptionKeys, connectionsMax })).toThrow(
    /connectionsMax: .* Use a whole number from 5/,
  )
})

test('with the least connections that may be, everything works, and no more are opened', async () => {
  const { posthorn } = await readiness(database.url, { connectionsMax: 5 })
  await posthorn.migrate()
  await posthorn.dispatcher.start()
  const { apiKey = '' } = (await posthorn.ensureApiKey()) ?? {}
  const stop = new AbortController()
  const headers = { authorization: `Bearer ${apiKey}` }
  const get = (path: string, signal = stop.signal) =>
    posthorn.fetch(new Request(`http://host/v1/${path}`, { headers, signal }))
  const stream = await get('stream')
  const own = '?organisationId=0198a5a0-0000-7000-8000-000000000001'
  const paths = [`events${own}`, `deliveries${own}`, `subscriptions${own}`, 'system', 'event-types']
  const all = await Promise.all(
    Array.from({ length: 30 }, (_, index) => get(paths[index % 5] ?? '')),
  )
  expect([...new Set(all.map((response) => response.status))]).toEqual([200])
  const [row] = await admin<{ count: number }[]>`
    select count(*)::int as count from pg_stat_activity
    where datname = current_database() and application_name like 'posthorn%'`
  expect(row?.count).toBeLessThanOrEqual(5)
  await stream.body?.cancel()
})
