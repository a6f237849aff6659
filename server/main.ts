#!/usr/bin/env node
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pino from 'pino'
import { createPosthorn } from './create-posthorn.ts'
import { startEmbeddedPostgres } from './database/embedded.ts'
import { readEnvironment } from './env.ts'
import { PosthornError } from './kernel/errors.ts'

/** How long a connection may take over its headers and its body, so that slow ones do not pile up. */
const headersTimeoutMs = 10_000
const requestTimeoutMs = 30_000

async function main(): Promise<void> {
  const environment = readEnvironment(process.env)
  const log = pino({ level: environment.logLevel }, pino.destination({ fd: 2, sync: false }))
  const embedded = environment.databaseUrl
    ? undefined
    : await startEmbeddedPostgres({ dataDir: environment.dataDir, log })
  const databaseUrl = environment.databaseUrl ?? embedded?.url ?? ''
  const posthorn = createPosthorn({ ...environment.options, databaseUrl, log })

  await posthorn.migrate()
  const created = await posthorn.ensureApiKey()
  await posthorn.dispatcher.start()
  const server = createServer(
    { headersTimeout: headersTimeoutMs, requestTimeout: requestTimeoutMs },
    posthorn.node,
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(environment.port, environment.host, resolve)
  })
  const { address, family, port } = server.address() as AddressInfo
  const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
  process.stdout.write(welcome(url, databaseUrl, embedded !== undefined, created?.apiKey))

  let stopping = false
  async function stop(signal: string): Promise<void> {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'draining')
    server.close()
    server.closeIdleConnections()
    await posthorn.close()
    server.closeAllConnections()
    await embedded?.stop()
    log.info({}, 'stopped')
    log.flush()
    process.exit(0)
  }
  process.on('SIGTERM', () => void stop('SIGTERM'))
  process.on('SIGINT', () => void stop('SIGINT'))
}

function welcome(
  url: string,
  databaseUrl: string,
  embedded: boolean,
  apiKey: string | undefined,
): string {
  const database = embedded ? 'embedded PostgreSQL' : databaseUrl.replace(/:[^:@/]*@/, ':…@')
  const key = apiKey ?? '$POSTHORN_API_KEY'
  const lines = [
    `Posthorn   ${url}`,
    `Console    ${url}/admin/`,
    `API        ${url}/openapi.json`,
    `Database   ${database}`,
    '',
    ...(apiKey ? ['The first platform API key, shown this once:', '', `  ${apiKey}`, ''] : []),
    'Post the first event:',
    '',
    `  curl ${url}/v1/events -H 'authorization: Bearer ${key}' -H 'content-type: application/json' \\`,
    `    -d '{"organisationId":"7d0c9a8e-2b1f-4c3d-8e5a-6f7b8c9d0e1f","entityType":"Issue","entityId":"5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b11","eventType":"IssueStatusChanged","data":{"from":"open","to":"closed"}}'`,
    '',
    '',
  ]
  return lines.join('\n')
}

main().catch((error: unknown) => {
  // What the operator can mend is said plainly; anything else comes with its stack.
  process.stderr.write(
    error instanceof PosthornError
      ? `Posthorn cannot start: ${error.message}\n`
      : `${(error as Error)?.stack ?? error}\n`,
  )
  process.exit(1)
})
