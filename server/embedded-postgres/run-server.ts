import { rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { systemClock } from '../kernel/clock.ts'
import type { Logger } from '../kernel/logger.ts'
import { answersOnPort } from './ask-server.ts'
import type { Cluster } from './cluster.ts'
import { findFreePort } from './find-free-port.ts'
import { findServer } from './find-server.ts'
import { readText } from './read-file.ts'
import { runProgram } from './server-account.ts'
import { readPort, writeSettings } from './write-settings.ts'

/** Long enough for a recovery that reads `max_wal_size`. */
const startMaxMs = 120_000
const logMaxBytes = 10_000_000

/** Somebody took the port meanwhile, or the sessions of a server that was killed have not ended yet. */
const passingFault = /could not create any TCP|pre-existing shared memory block/

export async function startOrReuse(
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

async function startServer(cluster: Cluster, settings: Record<string, string>): Promise<number> {
  const { dir, binaries, account } = cluster
  const logPath = join(dir, 'postgres.log')
  await trimLog(logPath)
  const timeout = String(startMaxMs / 1000)
  const lastPort = await readPort(cluster)
  const deadlineMs = systemClock.monotonicMs() + startMaxMs
  for (;;) {
    const port = await findFreePort(lastPort)
    await writeSettings(cluster, settings, port)
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

export async function stopServer(cluster: Cluster): Promise<void> {
  const { dir, binaries, account } = cluster
  if (!(await findServer(cluster))) return
  const stop = ['stop', '-m', 'fast', '-w', '-s', '-t', '60', '-D', dir]
  await runProgram(binaries.pg_ctl, stop, account, { cwd: dir })
}

/** One predecessor is kept. */
async function trimLog(path: string): Promise<void> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  )
  if (size > logMaxBytes) await rename(path, `${path}.1`)
}
