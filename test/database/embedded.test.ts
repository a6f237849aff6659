import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connectDatabase, type Database } from '../../server/database/database.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../server/database/embedded.ts'
import { silentLogger } from '../../server/kernel/logger.ts'
import { eventually } from '../support/backends.ts'

const settings = { shared_buffers: '16MB', fsync: 'off' }
const isRoot = process.getuid?.() === 0

let dataDir: string
let server: EmbeddedPostgres | undefined
let children: ChildProcess[]

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'posthorn-test-'))
  server = undefined
  children = []
})

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await server?.stop()
  await rm(dataDir, { recursive: true, force: true })
})

async function start(): Promise<EmbeddedPostgres> {
  server = await startEmbeddedPostgres({ dataDir, log: silentLogger, settings })
  return server
}

/** Another process that starts the server and stays. */
function startInChild(): { child: ChildProcess; url: Promise<string> } {
  const module = new URL('../../server/database/embedded.ts', import.meta.url).href
  const options = JSON.stringify({ dataDir, settings })
  const script = `
    import { startEmbeddedPostgres } from '${module}'
    const log = { debug() {}, info() {}, warn() {}, error() {} }
    const { url } = await startEmbeddedPostgres({ ...${options}, log })
    process.stdout.write(url)
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  return { child, url: once(child.stdout, 'data').then(([chunk]) => String(chunk)) }
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

/** Asks the server something, as the application does. */
async function ask<T>(url: string, work: (db: Database) => Promise<T>): Promise<T> {
  const db = connectDatabase({
    url,
    schema: 'public',
    applicationName: 'test',
    maxConnections: 1,
    log: silentLogger,
  })
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}

/** Differs for every server process. */
async function startTime(url: string): Promise<unknown> {
  const [row] = await ask(url, (db) =>
    db.query((sql) => sql`select pg_postmaster_start_time() as at`),
  )
  return row?.['at']
}

test('starts a real PostgreSQL 18: Unicode, passwords, nobody but this machine, what it is told', async () => {
  const { url } = await start()
  const [row] = await ask(url, (db) =>
    db.query(
      (sql) => sql`
        select current_database() as name, current_setting('server_version_num')::int / 10000 as version,
          current_setting('server_encoding') as encoding, upper('é') as upper,
          current_setting('listen_addresses') as addresses, current_setting('fsync') as fsync,
          current_setting('max_connections') as connections,
          (select string_agg(distinct auth_method, ',') from pg_hba_file_rules) as auth`,
    ),
  )
  expect(row).toEqual({
    name: 'posthorn',
    version: 18,
    encoding: 'UTF8',
    upper: 'É',
    addresses: '127.0.0.1',
    fsync: 'off',
    connections: '100',
    auth: 'scram-sha-256',
  })
  const stranger = new URL(url)
  stranger.password = 'wrong'
  await expect(startTime(stranger.href)).rejects.toMatchObject({ code: '28P01' })
  expect((await stat(join(dataDir, 'postgres-password'))).mode & 0o777).toBe(0o600)
})

test('stopped and started again has the same data and the same URL', async () => {
  const first = await start()
  await ask(first.url, (db) => db.query((sql) => sql`create table facts as select 42 as fact`))
  await first.stop()
  await expect(startTime(first.url)).rejects.toMatchObject({ code: 'database_unavailable' })
  const second = await start()
  const rows = await ask(second.url, (db) => db.query((sql) => sql`select fact from facts`))
  expect([...rows]).toEqual([{ fact: 42 }])
  expect(second.url).toBe(first.url)
  await second.stop()
  await second.stop()
})

test('outlives the process that started it, and the next start uses it', async () => {
  const owner = startInChild()
  const url = await owner.url
  const before = await startTime(url)
  await kill(owner.child)
  expect((await start()).url).toBe(url)
  expect(await startTime(url)).toEqual(before)
})

test('started by several processes at once is one server', async () => {
  const owners = [startInChild(), startInChild(), startInChild()]
  const urls = await Promise.all(owners.map((owner) => owner.url))
  expect(new Set([...urls, (await start()).url]).size).toBe(1)
  expect((await readdir(dataDir)).filter((name) => name.includes('draft'))).toEqual([])
})

// The cluster is made aside and renamed; a lock whose holder is dead is nobody's.
test('whose first start was killed halfway starts all the same', async () => {
  const { child } = startInChild()
  await eventually(
    async () => (await readdir(dataDir)).some((name) => name.includes('draft')),
    'the beginning of a cluster',
  )
  await kill(child)
  expect(await readdir(dataDir)).not.toContain('postgres')
  const { url } = await start()
  expect(await startTime(url)).toBeInstanceOf(Date)
})

test('starts although the process number in its pid file belongs to somebody else by now', async () => {
  const { stop } = await start()
  const pidFile = join(dataDir, 'postgres', 'postmaster.pid')
  const content = await readFile(pidFile, 'utf8')
  await stop()
  await writeFile(pidFile, content.replace(/^\d+/, String(process.pid)))
  const { url } = await start()
  expect(await startTime(url)).toBeInstanceOf(Date)
})

test('without its password file says what to do', async () => {
  const { stop } = await start()
  await stop()
  await rm(join(dataDir, 'postgres-password'))
  await expect(start()).rejects.toThrow('Restore the file')
})

test.runIf(isRoot)('where its user cannot reach the data directory, says what to do', async () => {
  await chmod(dataDir, 0o700)
  const run = startEmbeddedPostgres({ dataDir: join(dataDir, 'below'), log: silentLogger })
  await expect(run).rejects.toThrow('Choose a data directory')
})

// The class of the npm package would: exit, SIGINT, SIGTERM, and with them our drain.
test('listens to no signal of the process', async () => {
  const count = () =>
    process.eventNames().flatMap((name) => process.listeners(name as 'exit')).length
  const before = count()
  await (await start()).stop()
  expect(count()).toBe(before)
})
