import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'

/** Servers at addresses of this machine that nobody may be led to. */
export interface Canaries {
  port: number
  /** Addresses that were connected to, each time. */
  seen(): string[]
  close(): Promise<void>
}

const addresses = ['127.0.0.1', '127.0.0.2', '127.255.255.254', '::1']

/** All listen on one port. Not every machine has IPv6. */
export async function openCanaries(): Promise<Canaries> {
  const seen: string[] = []
  const servers: Server[] = []
  let port = 0
  for (const address of addresses) {
    const server = createServer((socket) => {
      seen.push(address)
      socket.on('error', () => undefined)
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n')
    })
    try {
      server.listen(port, address)
      await once(server, 'listening')
    } catch (error) {
      if (address === '::1') continue
      throw error
    }
    servers.push(server)
    port = (server.address() as AddressInfo).port
  }
  return {
    port,
    seen: () => [...seen],
    async close() {
      await Promise.all(servers.map((server) => once(server.close(), 'close')))
    },
  }
}
