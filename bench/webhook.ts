import { createSecretKey } from 'node:crypto'
import { Agent, type Dispatcher } from 'undici'
import { requestHeaders } from '../server/deliveries/request-headers.ts'
import { sign } from '../server/deliveries/sign.ts'
import { type WebhookEvent, webhookBody } from '../server/deliveries/webhook-body.ts'

export const eventType = 'IssueStatusChanged'
export const entityType = 'Issue'

const words =
  'the boiler in flat lost pressure again overnight tenant reports no hot water and a cold living room plumber ' +
  'called at eight found valve stuck part ordered will return on thursday please leave key with neighbour meter reads'

/** Text of a certain length that is neither constant nor noise, so that it compresses as prose does. */
function prose(length: number): string {
  const vocabulary = words.split(' ')
  let text = ''
  // A generator of its own: the same bytes in every run, for everybody.
  let state = 42
  while (text.length < length) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    text += `${vocabulary[(state >> 8) % vocabulary.length]} ${state % 997} `
  }
  return text.slice(0, length)
}

/** `data` of an event whose webhook is about this many bytes long. */
export function sampleData(bodyBytes: number): Record<string, unknown> {
  const empty = { from: 'open', to: 'resolved', reason: '', priority: 'high' }
  const bare = webhookBody(sampleEvent(JSON.stringify(empty))).length
  return { ...empty, reason: prose(Math.max(0, bodyBytes - bare)) }
}

/** The very bytes that Posthorn sends for such an event. */
export function sampleBody(bodyBytes: number): string {
  return webhookBody(sampleEvent(JSON.stringify(sampleData(bodyBytes))))
}

function sampleEvent(dataJson: string): WebhookEvent {
  const id = '019a8f3e-6c1d-7b52-9e04-3d5a7f1c2b60'
  return {
    id,
    eventType,
    entityType,
    entityId: id,
    organisationId: id,
    userId: null,
    correlationId: null,
    source: 'dashboard',
    createdAt: new Date(0).toISOString(),
    dataJson,
  }
}

export interface Poster {
  /** Signs and POSTs; resolves with the status when the answer was read. */
  post(id: string, body: Buffer): Promise<number>
  close(): Promise<void>
}

/** How to use undici: as its README shows, or on the level below, which costs less and is what our dispatcher does. */
export type Sending = 'request' | 'dispatch'

/** Our own signature and headers over undici with keep-alive: what the bare loop and the job queues send with. */
export function createPoster(url: string, connections: number, sending: Sending): Poster {
  const agent = new Agent({ connections, pipelining: 1 })
  const { origin, pathname: path } = new URL(url)
  const keys = [createSecretKey(Buffer.from('k'.repeat(43)))]
  const send = { request: sendByRequest, dispatch: sendByDispatch }[sending]
  return {
    post(id, body) {
      const timestampSeconds = Math.floor(Date.now() / 1000)
      const signature = sign(keys, id, timestampSeconds, body)
      const headers = requestHeaders({ webhookId: id, timestampSeconds, signature, headers: {} })
      return send(agent, { origin, path, method: 'POST', headers, body })
    },
    close: () => agent.destroy(),
  }
}

type Post = Dispatcher.DispatchOptions & { origin: string }

async function sendByRequest(agent: Agent, post: Post): Promise<number> {
  const { statusCode, body } = await agent.request(post)
  await body.dump()
  return statusCode
}

function sendByDispatch(agent: Agent, post: Post): Promise<number> {
  return new Promise((resolve, reject) => {
    let status = 0
    agent.dispatch(post, {
      onRequestStart() {},
      onResponseStart(_controller, statusCode) {
        status = statusCode
      },
      onResponseData() {},
      onResponseEnd: () => resolve(status),
      onResponseError: (_controller, error) => reject(error),
    })
  })
}
