import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { Transform } from 'node:stream'

/**
 * - `pass` forwards, with `delayMs` that much later.
 * - `blackhole` keeps connections open and forwards nothing; `pass` sends on what was held up.
 * - `reset` answers with RST, to open connections as well.
 * - `refuse` closes everything and does not listen.
 */
export type ProxyMode = 'pass' | { delayMs: number } | 'blackhole' | 'reset' | 'refuse'

export interface TcpProxy {
  /** The same in every mode. */
  port: number
  /** Done when the mode holds, for open connections too. */
  setMode(mode: ProxyMode): Promise<void>
  /** How many clients are connected now. */
  connections(): number
  close(): Promise<void>
}

/** A network that can be broken, on 127.0.0.1, between a client and a server. */
export async function startTcpProxy(target: {
  targetPort: number
  targetHost?: string
}): Promise<TcpProxy> {
  const { targetPort, targetHost = '127.0.0.1' } = target
  const links = new Set<Link>()
  let mode: ProxyMode = 'pass'

  const delayMs = () => (typeof mode === 'object' ? mode.delayMs : 0)

  // allowHalfOpen: one side may finish before the other, as without a proxy.
  const server = createServer({ allowHalfOpen: true }, (client) => {
    if (mode === 'reset' || mode === 'refuse') {
      client.on('error', () => undefined)
      client.resetAndDestroy()
      return
    }
    const upstream = connect({ host: targetHost, port: targetPort, allowHalfOpen: true })
    const link = createLink({ client, upstream, delayMs }, () => links.delete(link))
    links.add(link)
    if (mode !== 'blackhole') link.resume()
  })

  async function listen(port: number): Promise<number> {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }

  async function stopListening(): Promise<void> {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    for (const link of links) link.destroy()
    await closed
  }

  const port = await listen(0)
  return {
    port,
    async setMode(next) {
      mode = next
      if (next === 'refuse') return stopListening()
      if (!server.listening) await listen(port)
      for (const link of links) {
        if (next === 'pass' || typeof next === 'object') link.resume()
        else if (next === 'blackhole') link.pause()
        else link.reset()
      }
    },
    connections: () => links.size,
    close: stopListening,
  }
}

interface Link {
  resume(): void
  pause(): void
  reset(): void
  destroy(): void
}

/** Holds each chunk for the time that is set when it comes. */
function delayLine(delayMs: () => number): Transform {
  return new Transform({
    transform(chunk, _encoding, done) {
      const ms = delayMs()
      if (ms === 0) done(null, chunk)
      else setTimeout(() => done(null, chunk), ms)
    },
  })
}

interface Ends {
  client: Socket
  upstream: Socket
  delayMs: () => number
}

function createLink({ client, upstream, delayMs }: Ends, onClosed: () => void): Link {
  const there = delayLine(delayMs)
  const back = delayLine(delayMs)
  let flows = false
  const link: Link = {
    resume() {
      if (flows) return
      flows = true
      client.pipe(there).pipe(upstream)
      upstream.pipe(back).pipe(client)
    },
    pause() {
      flows = false
      client.unpipe(there).pause()
      there.unpipe(upstream).pause()
      upstream.unpipe(back).pause()
      back.unpipe(client).pause()
    },
    reset() {
      client.resetAndDestroy()
      upstream.resetAndDestroy()
    },
    destroy() {
      client.destroy()
      upstream.destroy()
    },
  }
  client.setNoDelay(true)
  upstream.setNoDelay(true)
  // What breaks one side breaks the other.
  client.on('error', link.reset)
  upstream.on('error', link.reset)
  let open = 2
  const closed = (): void => {
    open--
    if (open === 0) onClosed()
    // Not if it closed in order: the pipes pass that on.
    else if (!client.readableEnded && !upstream.readableEnded) link.destroy()
  }
  client.on('close', closed)
  upstream.on('close', closed)
  return link
}
