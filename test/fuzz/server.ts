import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { newId } from '../../server/kernel/ids.ts'
import {
  createTestPosthorn,
  issueEvent,
  organisationScopes,
  platformKey,
} from '../support/create-test-posthorn.ts'
import type { Received } from './contract.ts'

export interface Sent {
  method: string
  /** The whole of it, as it is to be on the wire. */
  path: string
  headers: Record<string, string | string[]>
  body: Buffer | undefined
}

/** A server behind a real socket, with something of everything in it, and a credential of each kind. */
export async function startServer() {
  // Nobody is turned away for asking too often: that is another promise.
  const rateLimits = {
    readsPerMinute: 0,
    writesPerMinute: 0,
    eventsPerMinute: 0,
    failuresPerMinute: 0,
  }
  const server = await createTestPosthorn({ rateLimits })
  const http = createServer(server.posthorn.node)
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo
  const agent = new Agent({ keepAlive: true })
  await server.posthorn.dispatcher.start()

  const ours = await server.createOrganisation([...organisationScopes, 'admin'])
  const theirs = await server.createOrganisation([...organisationScopes, 'admin'])
  const narrow = await server.createOrganisation(['events:read'])
  const portal = await server.call('POST', '/v1/portal-tokens', {
    body: { organisationId: ours.organisationId },
  })
  const credentials: Record<string, string | undefined> = {
    platform: platformKey,
    ours: ours.key,
    theirs: theirs.key,
    narrow: narrow.key,
    portal: portal.body.token,
    none: undefined,
    garbage: `ph_${'x'.repeat(12)}_${'y'.repeat(43)}`,
  }
  const pools: Record<string, string[]> = {
    organisations: [ours.organisationId, theirs.organisationId, randomUUID()],
    'event-types': ['IssueCreated', 'IssueStatusChanged', 'Nothing'],
    missing: [randomUUID()],
    fresh: Array.from({ length: 20 }, newId),
  }
  await Promise.all([ours, theirs].map(({ key }) => fill(key)))

  /** Something of everything for an organisation. */
  async function fill(key: string): Promise<void> {
    const subscription = await server.call('POST', '/v1/subscriptions', {
      key,
      body: { url: 'http://127.0.0.1:9/' },
    })
    const event = await server.call('POST', '/v1/events', { key, body: issueEvent() })
    const test = await server.call('POST', `/v1/subscriptions/${subscription.body.id}/test`, {
      key,
      body: {},
    })
    const replay = await server.call('POST', '/v1/replays', {
      key,
      body: { mode: 'all', filter: { eventType: ['IssueCreated'] } },
    })
    add('subscriptions', subscription.body.id)
    const pulled = await server.call('POST', '/v1/subscriptions', { key, body: { mode: 'pull' } })
    add('pulled', pulled.body.id)
    add('events', event.body.id)
    add('deliveries', test.body.deliveryId)
    add('replays', replay.body.id)
    add(
      'portal-tokens',
      (await server.call('POST', '/v1/portal-tokens', { key, body: {} })).body.id,
    )
    add(
      'api-keys',
      (
        await server.call('POST', '/v1/api-keys', {
          key,
          body: { name: 'k', scopes: ['events:read'] },
        })
      ).body.id,
    )
  }

  function add(kind: string, id: string): void {
    const pool = pools[kind] ?? []
    pools[kind] = pool
    // The newest few: what was deleted is of use as well, but should not be all there is.
    pool.push(id)
    if (pool.length > 12) pool.shift()
  }

  async function send({ method, path, headers, body }: Sent): Promise<Received> {
    const outgoing = request({ port, host: '127.0.0.1', agent, method, path, headers })
    outgoing.end(body)
    const [incoming] = (await once(outgoing, 'response')) as [import('node:http').IncomingMessage]
    const type = (incoming.headers['content-type'] ?? '').split(';')[0] ?? ''
    let text = ''
    incoming.setEncoding('utf8')
    for await (const chunk of incoming) {
      text += chunk
      // It never ends by itself.
      if (type === 'text/event-stream') break
    }
    return { status: incoming.statusCode ?? 0, type, headers: incoming.headers, text }
  }

  return {
    credentials,
    pools,
    add,
    refill: () => fill(ours.key),
    send,
    async close() {
      agent.destroy()
      http.closeAllConnections()
      http.close()
      await server.close()
    },
  }
}
