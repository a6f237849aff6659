// A process of its own, so that a killed server cannot take the ledger with it. Answers after a moment, counts each id.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'svix'

const received = new Map<string, number>()
const bodies = new Map<string, string>()
let mismatches = 0
const secrets = new Map<string, string>()

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const text = Buffer.concat(chunks).toString()
    const path = request.url ?? ''
    if (request.method === 'GET') {
      response.end(JSON.stringify({ received: [...received], mismatches }))
      return
    }
    if (request.method === 'PUT') {
      secrets.set(path, text)
      response.end()
      return
    }
    const key = `${path} ${request.headers['webhook-id']}`
    try {
      new Webhook(secrets.get(path) ?? '').verify(text, request.headers as Record<string, string>)
    } catch {
      mismatches++
    }
    if ((bodies.get(key) ?? text) !== text) mismatches++
    bodies.set(key, text)
    received.set(key, (received.get(key) ?? 0) + 1)
    setTimeout(() => response.end('ok'), 3)
  })
})
server.listen(0, '127.0.0.1', () =>
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`),
)
