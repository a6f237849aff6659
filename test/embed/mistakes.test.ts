import { createServer, type Server } from 'node:http'
import express from 'express'
import Fastify from 'fastify'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { createPosthorn, type Posthorn, type PosthornOptions } from '../../server/index.ts'
import { createTestPosthorn, issueEvent, platformKey } from '../support/create-test-posthorn.ts'
import { encryptionKeys } from '../support/encryption-keys.ts'
import { type Host, listen } from './hosts.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() }
const closings: (() => Promise<void>)[] = []

beforeAll(async () => {
  server = await createTestPosthorn()
})

afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close()
  vi.clearAllMocks()
})

afterAll(async () => {
  await server?.close()
})

function create(options: Partial<PosthornOptions> = {}): Posthorn {
  const posthorn = createPosthorn({
    database: server.databaseUrl,
    encryptionKeys,
    consoleDir: false,
    log,
    ...options,
  })
  closings.push(() => posthorn.close())
  return posthorn
}

async function start(httpServer: Server, path?: string): Promise<Host> {
  const host = await listen(httpServer, path)
  closings.push(host.close)
  return host
}

const post = (url: string, body = JSON.stringify(issueEvent(own)), headers = {}) =>
  fetch(`${url}/v1/events`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${platformKey}`,
      'content-type': 'application/json',
      ...headers,
    },
    body,
  })
const own = { organisationId: '0198a5a0-0000-7000-8000-000000000001' }

function fastify(posthorn: Posthorn) {
  const app = Fastify()
  app.all('/webhooks/*', (request, reply) => {
    reply.hijack()
    void posthorn.node(request.raw, reply.raw)
  })
  return new Promise<Server>((resolve) => app.ready(() => resolve(app.server)))
}

function afterParser(posthorn: Posthorn, options = {}): Server {
  const app = express()
  app.use(express.json(options))
  app.use('/webhooks', (req, res) => void posthorn.node(req, res))
  return createServer(app)
}

test.each([
  ['Express after express.json()', async (posthorn: Posthorn) => afterParser(posthorn)],
  ['Fastify with its own parsers', fastify],
])(
  'in %s, a body that is gone is an error that names the fix, and is logged once',
  async (_, of) => {
    const { url } = await start(await of(create({ basePath: '/webhooks' })))
    for (let request = 1; request <= 3; request++) {
      const response = await post(url)
      expect(response.headers.get('content-type')).toBe('application/problem+json')
      expect(await response.json()).toMatchObject({
        status: 500,
        code: 'body_already_read',
        detail: expect.stringMatching(/before express\.json\(\).*Fastify.*req\.rawBody/),
      })
    }
    expect(log.warn).toHaveBeenCalledTimes(1)
    // What has no body is none the worse for it.
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
  },
)

test.each([
  ['bytes', (bytes: Buffer) => bytes],
  ['text', (bytes: Buffer) => bytes.toString()],
])('a body that the framework kept as %s in rawBody is used, byte by byte', async (_, keep) => {
  const verify = (req: object, _res: unknown, bytes: Buffer) => {
    Object.assign(req, { rawBody: keep(bytes) })
  }
  const { url } = await start(afterParser(create(), { verify }))
  const text = JSON.stringify(issueEvent({ ...own, data: { from: 'é', to: 'N' } }))
  const response = await post(url, text.replace('"N"', '"x","n":1.10'))
  expect(response.status).toBe(202)
  const { id } = (await response.json()) as { id: string }
  const { body } = await server.call('GET', `/v1/events/${id}?organisationId=${own.organisationId}`)
  expect(body.data).toMatchObject({ from: 'é', n: 1.1 })
})

test('a Request whose body was read says so too', async () => {
  const request = new Request('http://host/v1/events', {
    method: 'POST',
    headers: { authorization: `Bearer ${platformKey}`, 'content-type': 'application/json' },
    body: '{}',
  })
  await request.json()
  const response = await create().fetch(request)
  expect(await response.json()).toMatchObject({ code: 'body_already_read' })
})

test('a body with nothing in it was not lost, where it may be left out', async () => {
  const { url } = await start(afterParser(create()))
  const response = await post(url, '')
  expect(await response.json()).toMatchObject({ code: 'body_missing' })
})

test.each(['/hooks/v1/event-types', '/v1/event-types', '/webhooksv1/event-types', '/'])(
  '%s, outside of the basePath, says what was seen and what is configured',
  async (path) => {
    const { url } = await start(createServer(create({ basePath: '/webhooks' }).node), '')
    const response = await fetch(url + path)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({
      status: 404,
      code: 'not_found',
      detail: `The path ${path} does not lie under /webhooks, which is the basePath that Posthorn was given. Set basePath to the whole prefix that Posthorn is mounted under.`,
    })
  },
)

test('mounted by Express under another prefix than it was given, the whole path is named', async () => {
  const app = express()
  const posthorn = create({ basePath: '/webhooks' })
  app.use('/hooks', (req, res) => void posthorn.node(req, res))
  const { url } = await start(createServer(app), '/hooks')
  expect(await (await fetch(`${url}/v1/events`)).json()).toMatchObject({
    detail: expect.stringContaining('/hooks/v1/events does not lie under /webhooks'),
  })
})

test.each(['webhooks', '/webhooks/', '/', '/a//b', '/a/:id', '/a/*', '/a?b'])(
  'a basePath of %j is refused, with what it should be',
  (basePath) => {
    expect(() => create({ basePath })).toThrow(
      /basePath: .* is not a path to mount under\. .*'\/webhooks'/,
    )
  },
)

test('the document of the API names the prefix', async () => {
  const { url } = await start(createServer(create({ basePath: '/api/posthorn' }).node), '')
  const response = await fetch(`${url}/api/posthorn/openapi.json`)
  expect(await response.json()).toMatchObject({ servers: [{ url: '/api/posthorn' }] })
})
