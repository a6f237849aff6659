import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import postgres from 'postgres'
import { createPosthorn, type Posthorn } from '../../../server/index.ts'
import type { Logger } from '../../../server/kernel/logger.ts'
import { encryptionKeys } from '../encryption-keys.ts'
import { retentionDays } from './seed-console.ts'
import { keys } from './seed-ids.ts'

export interface ConsoleServerOptions {
  databaseUrl: string
  /** Path of a host below which everything is mounted. @default none */
  mount?: string
  /** Sends what is due. Off, so that nothing changes but by a test. @default false */
  dispatching?: boolean
  log?: Logger
}

export interface ConsoleServer {
  posthorn: Posthorn
  /** Where the API is. */
  url: string
  /** Where the console is, with a slash at its end. */
  consoleUrl: string
  databaseUrl: string
  close(): Promise<void>
}

/** Posthorn over node:http, with the console as it is built and with the headers it has in production. */
export async function startConsoleServer(options: ConsoleServerOptions): Promise<ConsoleServer> {
  const { databaseUrl, mount = '', dispatching = false } = options
  const posthorn = createPosthorn({
    database: databaseUrl,
    encryptionKeys,
    allowHttp: true,
    allowedNetworks: ['127.0.0.0/8'],
    retentionDays: { events: retentionDays, deliveries: retentionDays },
    bootstrapApiKey: keys.platform,
    dispatcher: { retryScheduleSeconds: [1, 1], disableAfterMs: 0, probeAfterMs: 100 },
    ...(options.log ? { log: options.log } : {}),
  })
  const host = mount === '' ? posthorn.app : new Hono().route(mount, posthorn.app)
  const server = createServer(getRequestListener(host.fetch))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  if (dispatching) {
    await quietReplays(databaseUrl)
    await posthorn.dispatcher.start()
  }
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}${mount}`
  return {
    posthorn,
    url,
    consoleUrl: `${url}/admin/`,
    databaseUrl,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
      await posthorn.close()
    },
  }
}

/** The seeded replay that runs would be worked off. */
async function quietReplays(databaseUrl: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, connection: { search_path: 'posthorn' } })
  await sql`update replays set status = 'paused' where status = 'running'`
  await sql.end()
}
