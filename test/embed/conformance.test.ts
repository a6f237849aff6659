import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPosthorn, type Posthorn } from '../../server/index.ts'
import { createTestPosthorn, issueEvent, platformKey } from '../support/create-test-posthorn.ts'
import { encryptionKeys } from '../support/encryption-keys.ts'
import { readEvents } from '../support/event-stream.ts'
import { type Host, mounts } from './hosts.ts'

const corsOrigin = 'https://app.example.com'
const options = { encryptionKeys, consoleDir: 'admin-ui/dist', corsOrigins: [corsOrigin] }
let server: Awaited<ReturnType<typeof createTestPosthorn>>
const posthorns = new Map<string, Posthorn>()

beforeAll(async () => {
  server = await createTestPosthorn(options)
  posthorns.set('', server.posthorn)
  const database = server.databaseUrl
  posthorns.set('/webhooks', createPosthorn({ ...options, database, basePath: '/webhooks' }))
})

afterAll(async () => {
  await posthorns.get('/webhooks')?.close()
  await server?.close()
})

const authorization = `Bearer ${platformKey}`

describe.each(Object.entries(mounts))('%s', (_name, mount) => {
  const organisationId = randomUUID()
  let host: Host

  beforeAll(async () => {
    host = await mount.start(posthorns.get(mount.basePath) as Posthorn)
  })

  afterAll(async () => {
    await host?.close()
  })

  function call(method: string, path: string, init: RequestInit & { duplex?: 'half' } = {}) {
    const headers = { authorization, 'content-type': 'application/json', ...init.headers }
    return fetch(host.url + path, { redirect: 'manual', ...init, method, headers })
  }

  test('a body arrives with every byte, whole and in chunks', async () => {
    const event = issueEvent({ organisationId, data: { from: 'é😀', to: 'NUMBER' } })
    const text = JSON.stringify(event).replace('"NUMBER"', '"x","exact":12345678901234567890.10')
    const bytes = new TextEncoder().encode(text)
    const parts = [bytes.subarray(0, 150), bytes.subarray(150)]
    const chunked = new ReadableStream({
      pull: (controller) => {
        const part = parts.shift()
        if (part) controller.enqueue(part)
        else controller.close()
      },
    })
    for (const body of [bytes, chunked]) {
      const posted = await call('POST', '/v1/events', { body, duplex: 'half' })
      expect(posted.status).toBe(202)
      const { id } = (await posted.json()) as { id: string }
      const read = await call('GET', `/v1/events/${id}?organisationId=${organisationId}`)
      expect(await read.text()).toMatch(/"from": ?"é😀".*"exact": ?12345678901234567890\.10/)
    }
  })

  test('parameters, PATCH and an answer without a body', async () => {
    const body = JSON.stringify({ organisationId, url: 'https://example.com/hook' })
    const created = await call('POST', '/v1/subscriptions', { body })
    const { id } = (await created.json()) as { id: string }
    const path = `/v1/subscriptions/${id}?organisationId=${organisationId}`
    const patched = await call('PATCH', path, { body: '{"description":"Ours"}' })
    expect(await patched.json()).toMatchObject({ id, description: 'Ours' })
    const deleted = await call('DELETE', path)
    expect([deleted.status, await deleted.text()]).toEqual([204, ''])
  })

  test('what is not there is a problem, of Posthorn and not of the host', async () => {
    const nothing = await call('GET', '/v1/nothing')
    expect(nothing.headers.get('content-type')).toBe('application/problem+json')
    expect([nothing.status, await nothing.json()]).toMatchObject([404, { code: 'not_found' }])
    const method = await call('DELETE', '/v1/events')
    expect([method.status, method.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST'])
  })

  test('a stream comes event by event', async () => {
    const response = await call('GET', '/v1/stream')
    const events = readEvents(response.body as ReadableStream<Uint8Array>)
    expect(await events.nextOf('ready')).toBeDefined()
    await events.cancel()
  })

  test('HEAD and a question of CORS are answered', async () => {
    const head = await call('HEAD', '/v1/event-types')
    expect([head.status, await head.text()]).toEqual([200, ''])
    const preflight = await fetch(`${host.url}/v1/events`, {
      method: 'OPTIONS',
      headers: { origin: corsOrigin, 'access-control-request-method': 'POST' },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe(corsOrigin)
  })

  test('the console opens, by a deep link too, with what it loads', async () => {
    const redirect = await call('GET', '/admin')
    expect(new URL(redirect.headers.get('location') ?? '', redirect.url).href).toBe(
      `${host.url}/admin/`,
    )
    for (const path of ['/admin/', '/admin/deliveries/0198/attempts']) {
      const page = await call('GET', path)
      const text = await page.text()
      const base = new URL(/<base href="([^"]*)"/.exec(text)?.[1] ?? '', page.url)
      expect(base.href).toBe(`${host.url}/admin/`)
      const script = /src="([^"]*\/assets\/[^"]*)"/.exec(text)?.[1] ?? ''
      const asset = await fetch(new URL(script, base))
      expect([asset.status, (await asset.text()).length > 100]).toEqual([200, true])
    }
  })

  test('what lies beside the prefix is the host’s', async () => {
    expect(await (await fetch(new URL('/host', host.url))).text()).toBe('host')
  })
})
