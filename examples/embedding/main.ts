// A dashboard with the console of its Posthorn: in a frame on the left, as a React component on the right.
// From a clone: npm run build -w admin-ui && npm run build:library -w admin-ui && node --conditions=posthorn-source examples/embedding/main.ts
import { spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createPosthornClient } from '@posthorn/sdk'
import { buildPage, startHost } from './host.ts'

const hostPort = 3000
const posthornUrl = 'http://127.0.0.1:8080'
const organisationId = randomUUID()
const apiKey = `ph_${randomBytes(6).toString('hex')}_${randomBytes(22).toString('hex').slice(1)}`
const dataDir = await mkdtemp(join(tmpdir(), 'posthorn-embedding-'))

// Posthorn, told which pages may show its console and which may call its API.
const origin = `http://127.0.0.1:${hostPort}`
const posthorn = spawn(
  process.execPath,
  ['--conditions=posthorn-source', join(import.meta.dirname, '../../server/cli/main.ts'), 'start'],
  {
    env: {
      ...process.env,
      PORT: new URL(posthornUrl).port,
      POSTHORN_DATA_DIR: dataDir,
      POSTHORN_LOG_LEVEL: 'warn',
      POSTHORN_BOOTSTRAP_API_KEY: apiKey,
      POSTHORN_CONSOLE_FRAME_ANCESTORS: origin,
      POSTHORN_CORS_ORIGINS: origin,
      POSTHORN_ALLOW_HTTP: 'true',
      POSTHORN_ALLOWED_NETWORKS: '127.0.0.0/8',
      POSTHORN_RETRY_SCHEDULE_SECONDS: '2,4',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  },
)
const exited = once(posthorn, 'exit').then(() => rm(dataDir, { recursive: true, force: true }))

await buildPage()
const host = await startHost({ port: hostPort, posthornUrl, apiKey, organisationId })
while (
  !(await fetch(`${posthornUrl}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  ))
)
  await sleep(100)
console.log(`Harbour, a dashboard   ${host.url}`)

// Something to look at: an endpoint that works, one that is down, and an event every second.
const client = createPosthornClient({ url: posthornUrl, apiKey, organisationId })
await client.subscriptions.create({ url: `${host.url}/receiver`, description: 'Works' })
await client.subscriptions.create({ url: `${host.url}/nowhere`, description: 'Is down' })
const stopped = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopped.abort())
while (!stopped.signal.aborted) {
  await client.emit({
    eventType: 'IssueStatusChanged',
    entityType: 'Issue',
    entityId: randomUUID(),
    data: { from: 'open', to: 'closed' },
  })
  await sleep(1000, undefined, { signal: stopped.signal }).catch(() => undefined)
}
host.close()
posthorn.kill('SIGTERM')
await exited
