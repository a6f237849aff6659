import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { Webhook } from 'svix'

/** What one endpoint has seen. */
export interface Inbox {
  /** Requests that verified, whether answered with a success or not. */
  requests: number
  /** Requests that did not verify. */
  refused: number
  /** Requests that were answered with a failure on purpose. */
  failed: number
  /** Requests of an event that was taken before. */
  repeated: number
  /** Attempts whose bytes differ from the first attempt of the same event. */
  changed: number
  /** The events that were taken, by id, as they came. */
  taken: Map<string, { type: string; data: unknown }>
}

export interface Receiver {
  url: string
  inboxes: Record<EndpointName, Inbox>
  /** Endpoints verify with the secret of their subscription. */
  setSecret(endpoint: EndpointName, secret: string): void
  /** Lets `/down` answer with success from now on. */
  bringUp(): void
  /** Lets it fail again. */
  takeDown(): void
  close(): Promise<void>
}

export const endpointNames = ['good', 'flaky', 'down'] as const

export type EndpointName = (typeof endpointNames)[number]

/**
 * The integrator's side, knowing nothing of Posthorn but the Standard Webhooks: it verifies with the `svix` package.
 * `/good` works; `/flaky` fails the first attempt of every third event; `/down` fails until it is brought up.
 */
export async function startReceiver(): Promise<Receiver> {
  const secrets = new Map<EndpointName, Webhook>()
  const inboxes = { good: newInbox(), flaky: newInbox(), down: newInbox() }
  const firstBodies = { good: newBodies(), flaky: newBodies(), down: newBodies() }
  let up = false

  /** The status to answer with on purpose, by endpoint. */
  const mood: Record<EndpointName, (first: boolean, seen: number) => 200 | 500 | 503> = {
    good: () => 200,
    flaky: (first, seen) => (first && seen % 3 === 0 ? 500 : 200),
    down: () => (up ? 200 : 503),
  }

  const app = new Hono()
  for (const name of endpointNames) {
    const inbox = inboxes[name]
    const bodies = firstBodies[name]
    app.post(`/${name}`, async (c) => {
      const body = Buffer.from(await c.req.arrayBuffer())
      const event = verified(secrets.get(name), body, c.req.header())
      if (!event) {
        inbox.refused++
        return c.text('signature does not verify', 400)
      }
      inbox.requests++
      const { id } = event
      const firstBody = bodies.get(id)
      if (firstBody === undefined) bodies.set(id, body)
      else if (!firstBody.equals(body)) inbox.changed++
      const status = mood[name](firstBody === undefined, bodies.size)
      if (status === 200) {
        if (inbox.taken.has(id)) inbox.repeated++
        inbox.taken.set(id, event)
      } else {
        inbox.failed++
      }
      return c.text(status === 200 ? 'ok' : 'not now', status)
    })
  }

  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const started = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, () =>
      resolve(started),
    )
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    inboxes,
    setSecret: (endpoint, secret) => void secrets.set(endpoint, new Webhook(secret)),
    bringUp: () => {
      up = true
    },
    takeDown: () => {
      up = false
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}

interface ReceivedEvent {
  id: string
  type: string
  data: unknown
}

function verified(
  webhook: Webhook | undefined,
  body: Buffer,
  headers: Record<string, string>,
): ReceivedEvent | undefined {
  if (!webhook) return undefined
  try {
    // Throws when the signature does not fit these very bytes; parsing comes after.
    webhook.verify(body, headers)
    return JSON.parse(body.toString()) as ReceivedEvent
  } catch {
    return undefined
  }
}

function newInbox(): Inbox {
  return { requests: 0, refused: 0, failed: 0, repeated: 0, changed: 0, taken: new Map() }
}

function newBodies(): Map<string, Buffer> {
  return new Map()
}
