import { connect, createServer, type Server } from 'node:net'
import { TLSSocket } from 'node:tls'
import pg from 'pg'
import postgres from 'postgres'
import { generate } from 'selfsigned'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPosthorn, type PosthornOptions } from '../../server/index.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { encryptionKeys } from '../support/encryption-keys.ts'

let database: TestDatabase
let server: URL
let relay: Server
let key: string
let ca: string
const clients: unknown[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  server = new URL(database.url)
  const certificate = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
  })
  key = certificate.private
  ca = certificate.cert
  // The test server speaks no TLS: this one does, for it, and wants a certificate of the client.
  relay = createServer((socket) => {
    socket.once('data', () => {
      socket.write('S')
      const secure = new TLSSocket(socket, {
        ...{ isServer: true, key, cert: ca, ca, requestCert: true, rejectUnauthorized: true },
      })
      const upstream = connect(Number(server.port), server.hostname)
      secure.on('secure', () => {
        clients.push(secure.getPeerCertificate().subject?.CN)
      })
      secure.on('error', () => upstream.destroy()).on('close', () => upstream.destroy())
      upstream.on('error', () => secure.destroy())
      secure.pipe(upstream).pipe(secure)
    })
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => relay.once('listening', resolve))
})

afterAll(async () => {
  relay?.close()
  await database?.drop()
})

const secure = (ssl: object) => {
  const { port } = relay.address() as { port: number }
  return {
    ...{ host: 'localhost', port, ssl, database: server.pathname.slice(1) },
    ...{ user: server.username, password: decodeURIComponent(server.password) },
  }
}

async function readiness(database: PosthornOptions['database']): Promise<number> {
  const posthorn = createPosthorn({ database, encryptionKeys, consoleDir: false })
  try {
    return (await posthorn.fetch(new Request('http://host/readyz'))).status
  } finally {
    await posthorn.close()
  }
}

test.each<[string, (ssl: object) => PosthornOptions['database']]>([
  ['pg', (ssl: object) => new pg.Pool(secure(ssl))],
  ['postgres.js', (ssl: object) => postgres(secure(ssl))],
])(
  'TLS is spoken as %s was told: its authority, its certificate and its key',
  async (_name, make) => {
    clients.length = 0
    expect(await readiness(make({ ca, cert: ca, key }))).toBe(200)
    expect(clients).toContain('localhost')
    // Nobody vouches for the server's certificate here.
    expect(await readiness(make({ cert: ca, key }))).toBe(503)
  },
)
