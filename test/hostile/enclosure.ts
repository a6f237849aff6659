import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import type { Certificates } from './certificates.ts'

/** Where an animal of the zoo listens, on 127.0.0.1. */
export interface Enclosure {
  url: string
  connections(): number
  /** Bytes that one connection took at most, before it was ended. */
  takenMax(): number
  close(): Promise<void>
}

/** Opens an animal's enclosure. */
export type Keeper = (certificates: Certificates) => Promise<Enclosure>

type Handle = (socket: Socket) => void

/** TCP; what comes of a connection is up to `handle`. */
export const raw =
  (handle: Handle, scheme = 'http'): Keeper =>
  () =>
    open(createServer({ allowHalfOpen: true }, handle), scheme)

/** Calls `handle` once the request is there. */
export const onRequest = (handle: Handle): Keeper =>
  raw((socket) => socket.once('data', () => handle(socket)))

/** The bytes, and then nothing, or the end. */
export const answer = (bytes: string | Buffer, then?: 'end' | 'reset'): Keeper =>
  onRequest((socket) => {
    socket.write(bytes, () => {
      if (then === 'end') socket.end()
      if (then === 'reset') setImmediate(() => socket.resetAndDestroy())
    })
  })

/** `start`, and then `more` again and again: ten times within the deadline of a test, fewer than what is answered as a flood. */
export const dripping = (start: string, more = 'x'): Keeper =>
  onRequest((socket) => {
    socket.write(start)
    const timer = setInterval(() => socket.write(more), 100)
    socket.once('close', () => clearInterval(timer))
  })

/** `start`, and then `more` as fast as it is taken. */
export const endless = (start: string, more: string): Keeper =>
  onRequest((socket) => {
    const pour = () => {
      while (!socket.destroyed && socket.write(more));
    }
    socket.on('drain', pour).write(start)
    pour()
  })

export const neverReading: Keeper = raw((socket) => socket.pause())

/** Takes the first bytes of a handshake, and says nothing to them. */
export const stalling: Keeper = raw((socket) => socket.resume(), 'https')

export const plainOverTls: Keeper = raw(
  (socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
  'https',
)

/** A good answer over TLS, with one of the certificates. */
export const secured =
  (certificate: keyof Certificates, options: TlsOptions = {}): Keeper =>
  (certificates) => {
    const { key, cert } = certificates[certificate]
    const server = createTlsServer({ key, cert, ...options }, (socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n'))
    })
    return open(server, 'https')
  }

/** A process that has stopped, with a queue of connections that is full. */
export const neverAccepting: Keeper = async () => {
  const program = `const server = require('node:net').createServer()
    server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(server.address().port))`
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(child.stdout, 'data')
  child.kill('SIGSTOP')
  const port = Number(String(line))
  const queued = Array.from({ length: 4 }, () =>
    connect(port, '127.0.0.1').on('error', () => undefined),
  )
  return {
    url: `http://127.0.0.1:${port}/`,
    connections: () => 0,
    takenMax: () => 0,
    async close() {
      for (const socket of queued) socket.destroy()
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

async function open(server: Server, scheme: string): Promise<Enclosure> {
  const sockets: Socket[] = []
  server.on('connection', (socket) => {
    sockets.push(socket)
    socket.on('error', () => undefined)
  })
  // Of a handshake that fails.
  server.on('tlsClientError', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `${scheme}://127.0.0.1:${port}/`,
    connections: () => sockets.length,
    takenMax: () =>
      Math.max(0, ...sockets.map((socket) => socket.bytesWritten - socket.writableLength)),
    async close() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
