// The other end: answers 200 at once and remembers how long each webhook took since its event was accepted.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

let count = 0
let latenciesMs: number[] = []

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.end(JSON.stringify(request.url === '/latencies' ? latenciesMs : count))
    return
  }
  if (request.method === 'DELETE') {
    count = 0
    latenciesMs = []
    response.end()
    return
  }
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const timestamp = /"timestamp":"([^"]+)"/.exec(
      Buffer.concat(chunks).toString('latin1', 0, 400),
    )?.[1]
    if (timestamp) latenciesMs.push(Date.now() - Date.parse(timestamp))
    count++
    response.end('ok')
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`)
})
