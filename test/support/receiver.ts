import { once } from 'node:events'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export interface ReceivedRequest {
  method: string
  /** Without the query. */
  path: string
  query: string
  webhookId: string | undefined
  headers: IncomingHttpHeaders
  body: Buffer
  /** When its head arrived. */
  atMs: number
}

/** Answers a request that was read and recorded. */
export type Behaviour = (request: ReceivedRequest, response: ServerResponse) => void | Promise<void>

/** Ready-made ones. Those that count, count the requests to the path they were given to. */
export const behaviours = {
  ok: (): Behaviour => behaviours.status(200),
  status:
    (code: number, headers: Record<string, string> = {}, body = ''): Behaviour =>
    (_request, response) => {
      response.writeHead(code, headers).end(body)
    },
  /** Answers `code` to the first `count` requests and 200 to those after. */
  failFirst(count: number, code: number): Behaviour {
    let seen = 0
    return (_request, response) => {
      response.writeHead(seen++ < count ? code : 200).end()
    }
  },
  /** Never answers. */
  hang: (): Behaviour => () => undefined,
  /** Breaks the connection in place of an answer. */
  reset: (): Behaviour => (_request, response) => {
    response.socket?.resetAndDestroy()
  },
  /** 200, and then a body that comes byte by byte and never ends. */
  drip:
    (intervalMs = 20): Behaviour =>
    (_request, response) => {
      response.writeHead(200).flushHeaders()
      const timer = setInterval(() => response.write('.'), intervalMs)
      response.once('close', () => clearInterval(timer))
    },
  redirect: (location: string, code = 302): Behaviour => behaviours.status(code, { location }),
  largeBody:
    (bytes: number): Behaviour =>
    async (_request, response) => {
      const chunks = function* () {
        const chunk = Buffer.alloc(65_536, 'x')
        for (let left = bytes; left > 0; left -= chunk.byteLength) yield chunk.subarray(0, left)
      }
      response.writeHead(200)
      await pipeline(Readable.from(chunks()), response)
    },
  /** 200 after `ms`. */
  slow:
    (ms: number): Behaviour =>
    (_request, response) => {
      const timer = setTimeout(() => response.writeHead(200).end(), ms)
      response.once('close', () => clearTimeout(timer))
    },
}

export interface Receiver {
  port: number
  url(path?: string): string
  /** What happens to requests to `path` from now on; without it they get 200. */
  behave(path: string, behaviour: Behaviour): void
  /** In the order they were read; of every path, or of one. */
  requests(path?: string): ReceivedRequest[]
  /** The requests so far, as soon as there are at least `count`. */
  waitFor(
    count: number,
    options?: { path?: string; timeoutMs?: number },
  ): Promise<ReceivedRequest[]>
  close(): Promise<void>
}

/** A webhook endpoint on 127.0.0.1 that remembers every request it read to the end. */
export async function startReceiver(): Promise<Receiver> {
  const ledger: ReceivedRequest[] = []
  const byPath = new Map<string, Behaviour>()
  const waiters = new Set<() => void>()
  const fallback = behaviours.ok()

  function requests(path?: string): ReceivedRequest[] {
    return ledger.filter((request) => path === undefined || request.path === path)
  }

  // Sockets are kept for longer than any test: their number then says what the client did.
  const server = createServer({ keepAliveTimeout: 600_000 }, (incoming, response) => {
    receive(incoming, response).catch(() => response.destroy())
  })

  async function receive(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const atMs = Date.now()
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const [path = '/', query = ''] = (incoming.url ?? '/').split('?', 2)
    const { method = '', headers } = incoming
    const webhookId = headers['webhook-id']
    const request: ReceivedRequest = {
      method,
      path,
      query,
      webhookId: Array.isArray(webhookId) ? webhookId[0] : webhookId,
      headers,
      body: Buffer.concat(chunks),
      atMs,
    }
    ledger.push(request)
    for (const look of waiters) look()
    await (byPath.get(path) ?? fallback)(request, response)
  }

  function waitFor(
    count: number,
    { path, timeoutMs = 10_000 }: { path?: string; timeoutMs?: number } = {},
  ): Promise<ReceivedRequest[]> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiters.delete(look)
        const where = path === undefined ? '' : ` to ${path}`
        const message = `${requests(path).length} of ${count} requests${where} within ${timeoutMs} ms`
        reject(new Error(message))
      }, timeoutMs)
      function look(): void {
        const found = requests(path)
        if (found.length < count) return
        clearTimeout(timer)
        waiters.delete(look)
        resolve(found)
      }
      waiters.add(look)
      look()
    })
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: (path = '/') => `http://127.0.0.1:${port}${path}`,
    behave: (path, behaviour) => {
      byPath.set(path, behaviour)
    },
    requests,
    waitFor,
    async close() {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
