#!/usr/bin/env -S node --max-semi-space-size=8
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pino from 'pino'
import { createPosthorn } from './create-posthorn.ts'
import { startEmbeddedPostgres } from './database/embedded.ts'
import { type Role, readEnvironment } from './env.ts'
import { PosthornError } from './kernel/errors.ts'

/** How long a connection may take over its headers and its body, so that slow ones do not pile up. */
const headersTimeoutMs = 10_000
const requestTimeoutMs = 30_000

async function main(): Promise<void> {
  const environment = readEnvironment(process.env, process.argv.slice(2))
  const log = pino({ level: environment.logLevel }, pino.destination({ fd: 2, sync: false }))
  const embedded = environment.databaseUrl
    ? undefined
    : await startEmbeddedPostgres({ dataDir: environment.dataDir, log })
  const databaseUrl = environment.databaseUrl ?? embedded?.url ?? ''
  const posthorn = createPosthorn({ ...environment.options, databaseUrl, log })

  await posthorn.migrate()
  const { role } = environment
  const created = role === 'dispatcher' ? undefined : await posthorn.ensureApiKey()
  if (role !== 'api') await posthorn.dispatcher.start()
  const server = createServer(
    { headersTimeout: headersTimeoutMs, requestTimeout: requestTimeoutMs },
    role === 'dispatcher' ? posthorn.health : posthorn.node,
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(environment.port, environment.host, resolve)
  })
  const { address, family, port } = server.address() as AddressInfo
  const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
  const database = embedded ? 'embedded PostgreSQL' : databaseUrl.replace(/:[^:@/]*@/, ':…@')
  process.stdout.write(welcome({ role, url, database, apiKey: created?.apiKey }))

  let stopping = false
  async function stop(signal: string): Promise<void> {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'draining')
    server.close()
    server.closeIdleConnections()
    await posthorn.close()
    server.closeAllConnections()
    await embedded?.stop({ unlessUsed: true })
    log.info({}, 'stopped')
    log.flush()
    process.exit(0)
  }
  process.on('SIGTERM', () => void stop('SIGTERM'))
  process.on('SIGINT', () => void stop('SIGINT'))
}

interface Welcome {
  role: Role
  url: string
  database: string
  apiKey: string | undefined
}

function welcome({ role, url, database, apiKey }: Welcome): string {
  if (role === 'dispatcher') {
    return `Posthorn   ${url}\nHealth     ${url}/readyz\nDatabase   ${database}\nRole       dispatcher\n\n`
  }
  const key = apiKey ?? '$POSTHORN_API_KEY'
  const lines = [
    `Posthorn   ${url}`,
    `Console    ${url}/admin/`,
    `API        ${url}/openapi.json`,
    `Database   ${database}`,
    ...(role === 'api' ? ['Role       api; events wait for a process with a dispatcher'] : []),
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
