import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import pino from 'pino'
import { createPosthorn, type Posthorn } from '../create-posthorn.ts'
import { startEmbeddedPostgres } from '../embedded-postgres/index.ts'
import type { Environment } from '../env.ts'
import { connectionLimits } from './connection-limits.ts'
import type { Io } from './io.ts'
import { withLocalKey } from './local-key.ts'
import { welcome } from './welcome.ts'

/** Serves until the program is asked to stop, and drains then. */
export async function runServer(environment: Environment, io: Io, isJson: boolean): Promise<void> {
  const log = pino({ level: environment.logLevel }, pino.destination({ fd: 2, sync: false }))
  const embedded = environment.databaseUrl
    ? undefined
    : await startEmbeddedPostgres({ dataDir: environment.dataDir, log })
  const databaseUrl = environment.databaseUrl ?? embedded?.url ?? ''
  const options = embedded
    ? await withLocalKey(environment.options, environment.dataDir)
    : environment.options
  const posthorn = createPosthorn({
    allowPlaintextSecrets: isDevelopment(io),
    ...options,
    database: databaseUrl,
    log,
  })
  // This process is ours, so the adapter may put its lighter Request and Response in place of the global ones.
  getRequestListener(posthorn.fetch)
  const server = createServer(
    connectionLimits,
    environment.role === 'dispatcher' ? posthorn.health : posthorn.node,
  )
  const stopping = aborted(io.signal)
  try {
    const starting = startUp(environment, posthorn, server).then((started) => {
      const database = embedded ? 'embedded PostgreSQL' : nameOf(databaseUrl)
      io.out(welcome({ role: environment.role, database, ...started }, isJson))
    })
    // Whoever wants it to stop need not wait for a migration.
    await Promise.race([starting, stopping])
    await stopping
  } finally {
    log.info({ reason: io.signal.reason?.message }, 'draining')
    server.close()
    server.closeIdleConnections()
    await posthorn.close()
    server.closeAllConnections()
    await embedded?.stop({ unlessUsed: true })
    log.info({}, 'stopped')
    log.flush()
  }
}

async function startUp(
  { role, host, port }: Environment,
  posthorn: Posthorn,
  server: ReturnType<typeof createServer>,
): Promise<{ url: string; apiKey: string | undefined }> {
  await posthorn.migrate()
  const created = role === 'dispatcher' ? undefined : await posthorn.ensureApiKey()
  if (role !== 'api') await posthorn.dispatcher.start()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address() as AddressInfo
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return { url: `http://${name}:${address.port}`, apiKey: created?.apiKey }
}

/** A database of one's own tells a server that is meant; whoever tries things out on it says so, as everywhere in Node. */
function isDevelopment({ env }: Io): boolean {
  return env['NODE_ENV'] === 'development' || env['NODE_ENV'] === 'test'
}

/** For people: without password or parameters, in which there may be another. */
function nameOf(databaseUrl: string): string {
  const url = URL.parse(databaseUrl)
  return url ? `PostgreSQL at ${url.host}${url.pathname}` : 'PostgreSQL'
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
