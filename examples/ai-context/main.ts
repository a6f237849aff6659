// A service that knows what happened to every entity, for prompts:
// GET /context/{organisationId}/Issue/{id}, as JSON or, if asked, as text.
// Against a running Posthorn, with a platform key that has the scopes events:read, subscriptions:write and deliveries:replay:
// POSTHORN_URL=http://localhost:8080 POSTHORN_API_KEY=ph_… node --conditions=posthorn-source examples/ai-context/main.ts
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createPosthornClient } from '@posthorn/sdk'
import { ContextStore } from './context-store.ts'
import { gather } from './gather.ts'
import { toContext, toPrompt } from './write-context.ts'

const { env } = process
const store = new ContextStore(env['CONTEXT_FILE'] ?? 'ai-context.sqlite')
const client = createPosthornClient({
  url: env['POSTHORN_URL'] ?? 'http://localhost:8080',
  apiKey: env['POSTHORN_API_KEY'] ?? '',
})

const server = createServer((request, response) => {
  const [, organisationId, entityType, entityId] =
    /^\/context\/([0-9a-f-]{36})\/([\w.-]+)\/([0-9a-f-]{36})$/i.exec(request.url ?? '') ?? []
  if (request.method !== 'GET' || !organisationId || !entityType || !entityId) {
    response.writeHead(404).end('GET /context/{organisationId}/{entityType}/{entityId}\n')
    return
  }
  const happenings = store.read(organisationId.toLowerCase(), entityType, entityId.toLowerCase())
  const context = toContext(entityType, entityId, happenings)
  const asText = request.headers.accept?.startsWith('text/plain') === true
  response
    .writeHead(200, { 'content-type': asText ? 'text/plain; charset=utf-8' : 'application/json' })
    .end(asText ? toPrompt(context) : JSON.stringify(context))
})
server.listen(Number(env['PORT'] ?? 4000), '127.0.0.1', () => {
  console.log(
    `http://127.0.0.1:${(server.address() as AddressInfo).port}/context/{organisationId}/Issue/{id}`,
  )
})

const stopped = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopped.abort())
await gather(client, store, stopped.signal)
server.close()
store.close()
