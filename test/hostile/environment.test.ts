import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { makeCertificates } from './certificates.ts'
import { type Enclosure, secured } from './enclosure.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let receiver: Receiver
let distrusted: Enclosure
let proxy: Server
const proxied: string[] = []

beforeAll(async () => {
  server = await createTestPosthorn()
  receiver = await startReceiver()
  distrusted = await secured('selfSigned')(await makeCertificates(Date.now()))
  proxy = createServer((request, response) => {
    proxied.push(request.url ?? '')
    response.end()
  }).on('connect', (request, socket) => {
    proxied.push(request.url ?? '')
    socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n')
  })
  await once(proxy.listen(0, '127.0.0.1'), 'listening')
})

afterAll(async () => {
  await server?.close()
  await receiver?.close()
  await distrusted?.close()
  proxy?.close()
})

test('neither proxies nor lax certificates of the environment touch a delivery', async () => {
  const { key } = await server.createOrganisation()
  const call = (method: string, path: string, body?: unknown) =>
    server.call(method, path, { key, body })
  const subscribe = async (url: string): Promise<string> => {
    const settings = { url, retry: { scheduleSeconds: [] } }
    return (await call('POST', '/v1/subscriptions', settings)).body.id
  }
  await subscribe(receiver.url('/hook'))
  const tls = await subscribe(distrusted.url)
  const { port } = proxy.address() as AddressInfo
  const address = `http://127.0.0.1:${port}`
  const host = spawn(
    process.execPath,
    [
      '--conditions=posthorn-source',
      fileURLToPath(new URL('proxied-host.ts', import.meta.url)),
      receiver.url('/elsewhere'),
    ],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: {
        ...process.env,
        DATABASE_URL: server.databaseUrl,
        NODE_USE_ENV_PROXY: '1',
        NODE_TLS_REJECT_UNAUTHORIZED: '0',
        ...{ HTTP_PROXY: address, HTTPS_PROXY: address, ALL_PROXY: address, NO_PROXY: '' },
        ...{ http_proxy: address, https_proxy: address, all_proxy: address, no_proxy: '' },
      },
    },
  )
  try {
    await once(host.stdout, 'data')
    // So it would be without a guard.
    expect(proxied).toHaveLength(1)
    await call('POST', '/v1/events', issueEvent())
    await receiver.waitFor(1, { path: '/hook' })
    const outcome = async () => {
      const { body } = await call('GET', `/v1/deliveries?subscriptionId=${tls}`)
      expect(body.data[0]).toMatchObject({ status: 'failed', lastOutcome: 'tls' })
    }
    await vi.waitFor(outcome, { timeout: 20_000, interval: 100 })
  } finally {
    const ended = once(host, 'exit')
    host.kill('SIGKILL')
    await ended
  }
  expect(proxied).toHaveLength(1)
  expect(receiver.requests('/elsewhere')).toEqual([])
})
