import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connectDatabase } from '../../server/database/database.ts'
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../server/embedded-postgres/index.ts'
import { silentLogger } from '../../server/kernel/logger.ts'

const isRoot = process.geteuid?.() === 0
const isPosix = process.platform !== 'win32'
const settings = { shared_buffers: '16MB', fsync: 'off' }

let base: string
let dataDir: string
let children: ChildProcess[]
let servers: EmbeddedPostgres[]

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'posthorn-test-'))
  await chmod(base, 0o755)
  dataDir = join(base, 'data')
  children = []
  servers = []
})

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await servers.at(-1)?.stop()
  await rm(base, { recursive: true, force: true, maxRetries: 5 })
})

async function start(own: Record<string, string> = {}): Promise<EmbeddedPostgres> {
  const options = { dataDir, log: silentLogger, settings: { ...settings, ...own } }
  const server = await startEmbeddedPostgres(options)
  servers.push(server)
  return server
}

/** Another process that starts the server; it prints the URL and waits. */
function startInChild(): { child: ChildProcess; url: Promise<string> } {
  const source = new URL('../../server/embedded-postgres/index.ts', import.meta.url).href
  const program = `
    import { startEmbeddedPostgres } from ${JSON.stringify(source)}
    const log = { debug() {}, info() {}, warn() {}, error() {} }
    const options = { dataDir: ${JSON.stringify(dataDir)}, log, settings: ${JSON.stringify(settings)} }
    const server = await startEmbeddedPostgres(options)
    process.stdout.write(server.url + '\\n')
    setInterval(() => {}, 1000)`
  const parameters = ['--conditions=posthorn-source', '--input-type=module', '--eval', program]
  const child = spawn(process.execPath, parameters, { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const url = once(child.stdout, 'data').then(([chunk]) => String(chunk).trim())
  return { child, url }
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

async function ask(url: string, statement: string): Promise<unknown[]> {
  const db = connectDatabase({
    url,
    schema: 'public',
    applicationName: 'test',
    maxConnections: 1,
    log: silentLogger,
  })
  try {
    return [...(await db.query((sql) => sql.unsafe(statement)))]
  } finally {
    await db.close()
  }
}

async function postmasterPid(): Promise<number> {
  return Number(
    (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0],
  )
}

describe('a new cluster', () => {
  test('is what we ask for', async () => {
    const { url } = await start({ autovacuum_naptime: '7s' })
    expect(new URL(url)).toMatchObject({ hostname: '127.0.0.1', pathname: '/posthorn' })
    const asked = {
      autovacuum_naptime: '7s',
      checkpoint_timeout: '15min',
      data_checksums: 'on',
      listen_addresses: '127.0.0.1',
      max_connections: '100',
      max_wal_size: '2GB',
      password_encryption: 'scram-sha-256',
      server_encoding: 'UTF8',
      shared_buffers: '16MB',
      unix_socket_directories: '',
    }
    const names = Object.keys(asked).map((name) => `current_setting('${name}') as ${name}`)
    const [row] = await ask(url, `select ${names.join(', ')}`)
    const camel = (name: string) =>
      name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())
    const expected = Object.entries(asked).map(([name, value]) => [camel(name), value])
    expect(row).toEqual(Object.fromEntries(expected))
    expect(await ask(url, "select upper('äöü') as upper")).toEqual([{ upper: 'ÄÖÜ' }])
  })

  test('lets nobody in without the password', async () => {
    const url = new URL((await start()).url)
    url.password = 'wrong'
    await expect(ask(url.href, 'select 1')).rejects.toMatchObject({ code: '28P01' })
  })

  test.runIf(isPosix)('is readable by its owner only, who is not root', async () => {
    await start()
    const cluster = await stat(join(dataDir, 'postgres'))
    expect(cluster.mode & 0o777).toBe(0o700)
    expect(cluster.uid).not.toBe(0)
    const password = await stat(join(dataDir, 'postgres-password'))
    expect(password.mode & 0o777).toBe(0o600)
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres-password'])
  })
})

describe('starting again', () => {
  test('after a stop: the same URL, the same data', async () => {
    const first = await start()
    await ask(first.url, 'create table kept as select 7 as value')
    await first.stop()
    await expect(ask(first.url, 'select 1')).rejects.toMatchObject({ code: 'database_unavailable' })
    await first.stop()
    const second = await start({ max_connections: '50' })
    expect(second.url).toBe(first.url)
    expect(await ask(second.url, 'select value from kept')).toEqual([{ value: 7 }])
    const shown = await ask(second.url, 'show max_connections')
    expect(shown).toEqual([{ maxConnections: '50' }])
  })

  test('while it runs: uses it', async () => {
    const first = await start()
    const pid = await postmasterPid()
    const second = await start()
    expect(second.url).toBe(first.url)
    expect(await postmasterPid()).toBe(pid)
  })

  test('after the process that started it was killed: uses it', async () => {
    const { child, url } = startInChild()
    const firstUrl = await url
    const pid = await postmasterPid()
    await kill(child)
    expect((await start()).url).toBe(firstUrl)
    expect(await postmasterPid()).toBe(pid)
    await ask(firstUrl, 'select 1')
  })

  test('after the server was killed, with a session at work', async () => {
    const first = await start()
    await ask(first.url, 'create table kept as select 7 as value')
    // It notices the death of its server when the loop ends; the new one must not start before.
    const loop = "while clock_timestamp() < now() + interval '2 s' loop end loop"
    const working = ask(first.url, `do $$ begin ${loop}; end $$`)
    const settled = Promise.allSettled([working])
    while (
      (await ask(first.url, "select from pg_stat_activity where query like 'do %'")).length === 0
    ) {
      await delay(5)
    }
    process.kill(await postmasterPid(), 'SIGKILL')
    const second = await start()
    await settled
    expect(await ask(second.url, 'select value from kept')).toEqual([{ value: 7 }])
  })

  test('with its port taken: on another', async () => {
    const first = await start()
    await first.stop()
    const port = Number(new URL(first.url).port)
    const squatter = createServer().listen(port, '127.0.0.1')
    await once(squatter, 'listening')
    try {
      const second = await start()
      expect(new URL(second.url).port).not.toBe(String(port))
      await ask(second.url, 'select 1')
    } finally {
      squatter.close()
    }
  })

  test.runIf(process.platform === 'linux')('with a pid file that names a stranger', async () => {
    const first = await start()
    const path = join(dataDir, 'postgres', 'postmaster.pid')
    const text = await readFile(path, 'utf8')
    await first.stop()
    const owner = await stat(join(dataDir, 'postgres'))
    const stranger = spawn('sleep', ['600'], isRoot ? { uid: owner.uid, gid: owner.gid } : {})
    children.push(stranger)
    await writeFile(path, text.replace(/^\d+/, String(stranger.pid)))
    await ask((await start()).url, 'select 1')
    expect(stranger.exitCode).toBeNull()
  })
})

describe('several processes', () => {
  test('of which one is dying, by a pid file that says "ready": waits for its end', async () => {
    const first = await start()
    const path = join(dataDir, 'postgres', 'postmaster.pid')
    const text = await readFile(path, 'utf8')
    await first.stop()
    const owner = await stat(join(dataDir, 'postgres'))
    // Bears the directory on its command line as the server does, and answers on no port.
    const program = ['--eval', 'setInterval(() => {}, 1000)', join(dataDir, 'postgres')]
    const dying = spawn(process.execPath, program, isRoot ? { uid: owner.uid, gid: owner.gid } : {})
    children.push(dying)
    await writeFile(path, text.replace(/^\d+/, String(dying.pid)))
    const starting = start()
    const isEarly = await Promise.race([starting.then(() => true), delay(500, false)])
    await kill(dying)
    expect(isEarly).toBe(false)
    await ask((await starting).url, 'select 1')
  })

  test('that asks to stop it unless it is used: not while another Posthorn is connected', async () => {
    const server = await start()
    const other = connectDatabase({
      url: server.url,
      schema: 'public',
      applicationName: 'posthorn api',
      maxConnections: 1,
      log: silentLogger,
    })
    await other.query((sql) => sql`select 1`)
    await server.stop({ unlessUsed: true })
    await ask(server.url, 'select 1')
    await other.close()
    await server.stop({ unlessUsed: true })
    await expect(ask(server.url, 'select 1')).rejects.toMatchObject({
      code: 'database_unavailable',
    })
  })

  test('that start at once share one server', async () => {
    const urls = await Promise.all([
      startInChild().url,
      startInChild().url,
      start().then(({ url }) => url),
    ])
    expect(new Set(urls).size).toBe(1)
    await ask(urls[0] ?? '', 'select 1')
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres-password'])
  })

  test('killed while it creates the cluster: the next start succeeds', async () => {
    for (let round = 0; round < 3; round++) {
      const { child } = startInChild()
      // Until initdb is at work; a little further each time.
      const isAtWork = async () =>
        (await readdir(dataDir).catch(() => [])).some((name) => {
          const draft = join(dataDir, name, 'postgres')
          return existsSync(join(draft, ['base', 'global', 'PG_VERSION'][round] ?? ''))
        })
      while (!(await isAtWork())) await delay(1)
      await kill(child)
      expect(existsSync(join(dataDir, 'postgres'))).toBe(false)
    }
    await ask((await start()).url, 'select 1')
  })

  test.each(['of a process that is gone', 'that nobody touches'])(
    'a lock %s is taken',
    async (what) => {
      await mkdir(dataDir)
      const path = join(dataDir, 'postgres.lock')
      const gone = spawn(process.execPath, ['--version'])
      await once(gone, 'exit')
      const isGone = what === 'of a process that is gone'
      await writeFile(path, `${isGone ? gone.pid : process.pid} left-behind`)
      const longAgo = new Date(Date.now() - 60_000)
      if (!isGone) await utimes(path, longAgo, longAgo)
      await ask((await start()).url, 'select 1')
      expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres-password'])
    },
  )
})

describe('says what to do', () => {
  test('when the password is gone', async () => {
    await (await start()).stop()
    await rm(join(dataDir, 'postgres-password'))
    await expect(start()).rejects.toThrow(/postgres-password is missing.*Restore the file/)
  })

  test('when a setting is wrong', async () => {
    await expect(start({ shared_buffers: 'plenty' })).rejects.toThrow(
      /invalid value.*shared_buffers/s,
    )
    await ask((await start()).url, 'select 1')
  })

  test.runIf(isRoot)('when the user that runs it cannot reach the directory', async () => {
    await chmod(base, 0o700)
    await expect(start()).rejects.toThrow(/cannot reach .*Choose a data directory/)
  })

  test.runIf(isRoot)('and takes a directory that only its owner may enter', async () => {
    await mkdir(dataDir, { mode: 0o700 })
    await ask((await start()).url, 'select 1')
  })
})
