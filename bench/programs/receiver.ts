// The other end, as cheap as Node allows: it reads Content-Length, skips the body and always answers the same.
import { createServer, type Socket } from 'node:net'
import { answerCalls } from '../program.ts'

/** The first letter of the path says what is kept of a request. */
const letterAt = 'POST /'.length
const timed = 't'.charCodeAt(0)
const stuck = 's'.charCodeAt(0)
const answer = Buffer.from(
  'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\nok',
)

let counts = new Uint32Array(256)
let latenciesMs: number[] = []
const stuckSockets = new Set<Socket>()

const server = createServer({ noDelay: true }, (socket) => {
  let rest: Buffer | undefined
  let bodyLeft = 0
  let letter = 0
  socket.on('error', () => socket.destroy())
  socket.on('close', () => stuckSockets.delete(socket))
  socket.on('data', (chunk: Buffer) => {
    const data = rest ? Buffer.concat([rest, chunk]) : chunk
    rest = undefined
    let at = 0
    while (at < data.length) {
      if (bodyLeft === 0) {
        const end = data.indexOf('\r\n\r\n', at)
        if (end < 0) {
          rest = data.subarray(at)
          return
        }
        const head = data.toString('latin1', at, end)
        letter = head.charCodeAt(letterAt)
        bodyLeft = contentLength(head)
        if (letter === timed) latenciesMs.push(Date.now() - madeAtMs(head))
        at = end + 4
      }
      const taken = Math.min(bodyLeft, data.length - at)
      bodyLeft -= taken
      at += taken
      if (bodyLeft > 0) continue
      counts[letter] = (counts[letter] ?? 0) + 1
      if (letter === stuck) stuckSockets.add(socket)
      else socket.write(answer)
    }
  })
})
const listening = new Promise<number>((resolve) =>
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    resolve(typeof address === 'object' && address ? address.port : 0)
  }),
)

function contentLength(head: string): number {
  const at = head.indexOf('ontent-length: ')
  if (at < 0) throw new Error(`No content-length in ${head}`)
  return Number.parseInt(head.slice(at + 15, at + 27), 10)
}

/** `webhook-id` is the event's id, a UUIDv7: it begins with the millisecond in which the event was made. */
function madeAtMs(head: string): number {
  const at = head.indexOf('webhook-id: ') + 12
  return Number.parseInt(head.slice(at, at + 8) + head.slice(at + 9, at + 13), 16)
}

const handlers = {
  port: () => listening,
  /** Requests since the last reset to paths that begin with this letter. */
  count: (path: string) => counts[path.charCodeAt(0)] ?? 0,
  latenciesMs: () => latenciesMs,
  reset(): void {
    counts = new Uint32Array(256)
    latenciesMs = []
  },
  /** Breaks off the requests that never got an answer. */
  release(): void {
    for (const socket of stuckSockets) socket.destroy()
  },
}
export type ReceiverCalls = typeof handlers
answerCalls(handlers)
