import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectionLimits } from '../../server/cli/connection-limits.ts'
import { createTestPosthorn, platformKey } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let http: Server
/** The same, with less patience. */
let hasty: Server

beforeAll(async () => {
  server = await createTestPosthorn()
  http = createServer(connectionLimits, server.posthorn.node)
  hasty = createServer(
    {
      ...connectionLimits,
      headersTimeout: 200,
      requestTimeout: 400,
      connectionsCheckingInterval: 50,
    },
    server.posthorn.node,
  )
  for (const one of [http, hasty]) {
    one.listen(0, '127.0.0.1')
    await once(one, 'listening')
  }
})

afterAll(async () => {
  for (const one of [http, hasty]) {
    one.closeAllConnections()
    one.close()
  }
  await server.close()
})

const portOf = (one: Server) => (one.address() as AddressInfo).port

/** The statuses of everything that comes back until the connection ends. */
async function exchange(bytes: string): Promise<{ statuses: number[]; text: string }> {
  const socket = connect(portOf(http), '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write(bytes, 'latin1')
  let text = ''
  for await (const chunk of socket) text += chunk
  const statuses = [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))
  return { statuses, text }
}

const key = `authorization: Bearer ${platformKey}`
const request = (line: string, ...lines: string[]) =>
  [line, 'host: posthorn.test', 'connection: close', ...lines, '', ''].join('\r\n')
const post = (...lines: string[]) =>
  request('POST /v1/events HTTP/1.1', key, 'content-type: application/json', ...lines)

describe('a request whose end can be read in two ways is refused, and nothing behind it is a request', () => {
  const smuggled = request('GET /v1/session HTTP/1.1', key)
  test.each([
    ['length and chunks', ['content-length: 5', 'transfer-encoding: chunked'], '0\r\n\r\n'],
    ['chunks and length', ['transfer-encoding: chunked', 'content-length: 5'], '0\r\n\r\n'],
    ['two lengths', ['content-length: 0', `content-length: ${smuggled.length}`], ''],
    ['a length twice', ['content-length: 0', 'content-length: 0'], ''],
    ['two lengths in one', ['content-length: 0, 5'], ''],
    ['a negative length', ['content-length: -1'], ''],
    ['a length with a sign', ['content-length: +0'], ''],
    ['a hexadecimal length', ['content-length: 0x0'], ''],
    ['a length beyond all numbers', [`content-length: ${'9'.repeat(30)}`], ''],
    ['chunks last but not least', ['transfer-encoding: chunked, identity'], '0\r\n\r\n'],
    ['another encoding', ['transfer-encoding: xchunked'], '0\r\n\r\n'],
    ['a space before the colon', ['transfer-encoding : chunked'], '0\r\n\r\n'],
    ['a header that goes on', ['x-a: b', ' transfer-encoding: chunked'], '0\r\n\r\n'],
    ['a chunk of negative size', ['transfer-encoding: chunked'], '-1\r\n\r\n'],
    ['a chunk with a size of letters', ['transfer-encoding: chunked'], 'zz\r\n\r\n'],
    ['a chunk longer than all memory', ['transfer-encoding: chunked'], `${'f'.repeat(17)}\r\n`],
    [
      'a chunk that does not end where it says',
      ['transfer-encoding: chunked'],
      '1\r\nabc\r\n0\r\n\r\n',
    ],
  ])('%s', async (_, lines, body) => {
    const { statuses, text } = await exchange(post(...lines) + body + smuggled)
    expect(statuses).toEqual([400])
    expect(text).not.toContain('"kind":"api_key"')
  })

  test('a body that looks like a request is a body', async () => {
    const { statuses } = await exchange(
      request('GET /healthz HTTP/1.1', `content-length: ${smuggled.length}`).replace(
        'close',
        'keep-alive',
      ) +
        smuggled +
        request('GET /healthz HTTP/1.1'),
    )
    expect(statuses).toEqual([200, 200])
  })
})

describe('a request that HTTP does not allow is refused', () => {
  test.each([
    ['no host', 'GET /v1/session HTTP/1.1\r\nconnection: close\r\n\r\n'],
    ['a header without a colon', request('GET /healthz HTTP/1.1', 'x')],
    ['a NUL in a header', request('GET /healthz HTTP/1.1', 'x: a\0b')],
    ['a lone line feed in a header', request('GET /healthz HTTP/1.1', 'x: a\nhost: b')],
    ['a version that there is not', request('GET /healthz HTTP/9.9')],
    ['a method that there is not', request('EVIL /healthz HTTP/1.1')],
    ['a space in the path', request('GET /health z HTTP/1.1')],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n'],
  ])('%s', async (_, bytes) => {
    const { statuses } = await exchange(bytes)
    expect(statuses).toEqual([400])
  })

  test.each([
    ['a path of 20,000 characters', request(`GET /${'a'.repeat(20_000)} HTTP/1.1`)],
    ['a header of 20,000 characters', request('GET /healthz HTTP/1.1', `x: ${'a'.repeat(20_000)}`)],
    [
      '5,000 headers',
      request('GET /healthz HTTP/1.1', ...Array.from({ length: 5_000 }, (_, n) => `x${n}: a`)),
    ],
  ])('%s is too much', async (_, bytes) => {
    expect((await exchange(bytes)).statuses).toEqual([431])
  })
})

test.each([
  'http://127.0.0.1/v1/session',
  'http://evil.example/v1/session',
  '//v1/session',
  '//evil.example/v1/session',
  '/v1//session',
  '/v1/session/',
  '/v1/./session',
  '/healthz/../v1/session',
  '/healthz/%2e%2e/v1/session',
  '/healthz/%2e%2e%2fv1/session',
  '/healthz/..;/v1/session',
  '/healthz/..%5cv1/session',
  '/healthz/..%c0%afv1/session',
  '/%76%31/session',
  '/%2576%2531/session',
  '/v1%2fsession',
  '/v1/%73ession',
  '/v1/session%00',
  '/v1/session%20',
  '/v1/session;a=b',
  '/v1/session.json',
  '/v1/session%3f',
  '/V1/SESSION',
  '/v1/session#/healthz',
  '/v1/session?/healthz',
  '/v1/session\\..\\..\\healthz',
  '*',
  '',
])('GET %s tells a stranger nothing', async (path) => {
  const { statuses, text } = await exchange(request(`GET ${path} HTTP/1.1`))
  expect([400, 401, 404]).toContain(statuses[0])
  expect(text).not.toContain('"kind"')
})

test('a method is what the request line says, whatever headers, queries or forms say', async () => {
  const { organisationId } = await server.createOrganisation()
  const { body } = await server.call('POST', '/v1/subscriptions', {
    body: { organisationId, url: 'https://example.com/' },
  })
  const path = `/v1/subscriptions/${body.id}`
  for (const name of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
    const overridden = request(`POST ${path} HTTP/1.1`, key, `${name}: DELETE`, 'content-length: 0')
    expect((await exchange(overridden)).statuses).toEqual([405])
  }
  const asked = request(`GET ${path}?_method=DELETE HTTP/1.1`, key)
  expect((await exchange(asked)).statuses).toEqual([422])
  expect((await server.call('GET', path)).status).toBe(200)
})

test('what posthorn starts hangs up after 10 s of headers and 30 s of a request', () => {
  expect(http).toMatchObject({ headersTimeout: 10_000, requestTimeout: 30_000 })
})

test.each([
  ['headers', 'POST /v1/events HTTP/1.1\r\nhost: a\r\n', 'x'],
  ['a body', post('content-length: 1000').replace('close', 'keep-alive'), '{'],
  ['chunks', post('transfer-encoding: chunked').replace('close', 'keep-alive'), '1\r\n \r\n'],
])(
  'whoever sends %s by drips is hung up on, and everybody else is served meanwhile',
  async (_, start, drip) => {
    const slow = Array.from({ length: 20 }, () => {
      const socket = connect(portOf(hasty), '127.0.0.1')
      socket.on('error', () => undefined)
      socket.resume()
      socket.write(start)
      return socket
    })
    const ends = slow.map((socket) => new Promise((resolve) => socket.once('close', resolve)))
    const dripping = setInterval(() => {
      for (const socket of slow) socket.write(drip)
    }, 20)
    const answer = await fetch(`http://127.0.0.1:${portOf(hasty)}/healthz`)
    expect(answer.status).toBe(200)
    await Promise.all(ends)
    clearInterval(dripping)
  },
)
