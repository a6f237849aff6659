import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { startEmbeddedPostgres } from '../../server/embedded-postgres/index.ts'
import { isProcessAlive } from '../../server/kernel/is-process-alive.ts'
import { silentLogger } from '../../server/kernel/logger.ts'
import { databaseUrl } from '../support/template.ts'
import { poll } from './poll.ts'

/** A Postgres of the run's own, durable as in earnest, that may be killed. */
export interface PostgresCluster {
  port: number
  /** Creates an empty database. */
  create(name: string): Promise<string>
  /** kill -9 of the server and all its processes, at once. Resolves when they are gone. */
  kill(): Promise<void>
  /** After `kill`: on the same port, with what was committed. */
  start(): Promise<void>
  stop(): Promise<void>
}

export async function startCluster(): Promise<PostgresCluster> {
  const dataDir = await mkdtemp(join(tmpdir(), 'posthorn-faults-'))
  const start = () =>
    startEmbeddedPostgres({ dataDir, log: silentLogger, settings: { max_connections: '200' } })
  let server = await start()
  const { url } = server
  return {
    port: Number(new URL(url).port),
    async create(name) {
      const admin = postgres(url, { max: 1, fetch_types: false, onnotice: () => undefined })
      await admin.unsafe(`create database "${name}"`)
      await admin.end()
      return databaseUrl(url, name)
    },
    async kill() {
      const pidFile = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')
      const postmaster = Number.parseInt(pidFile, 10)
      const pids = [postmaster, ...(await childrenOf(postmaster))]
      // The postmaster first, or it would begin to mend things.
      for (const pid of pids) if (isProcessAlive(pid)) process.kill(pid, 'SIGKILL')
      await poll('the end of Postgres', 10_000, async () => !(await anyRuns(pids)))
    },
    async start() {
      server = await start()
      if (server.url !== url) throw new Error(`Postgres came back as ${server.url}, was ${url}`)
    },
    async stop() {
      await server.stop()
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function childrenOf(parent: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const stats = await Promise.all(pids.map(async (pid) => ({ pid, fields: await statOf(pid) })))
  return stats.filter(({ fields }) => fields?.[1] === String(parent)).map(({ pid }) => pid)
}

async function anyRuns(pids: readonly number[]): Promise<boolean> {
  // A zombie has ended; whether somebody collects it is not our business.
  const stats = await Promise.all(pids.map(statOf))
  return stats.some((fields) => fields !== undefined && fields[0] !== 'Z')
}

/** Fields of /proc/<pid>/stat after the name: 0 is the state, 1 the parent. */
async function statOf(pid: number): Promise<string[] | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  return text?.split(') ').at(-1)?.split(' ')
}
