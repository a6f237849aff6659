import { once } from 'node:events'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { jsonBody } from '../../server/http/json-body.ts'
import { handleErrors } from '../../server/http/problem.ts'
import { createRouter } from '../../server/http/router.ts'
import { silentLogger } from '../../server/kernel/logger.ts'

// Node's adaptor hands out its own Request and reads bodies its own way, so the limits are proved through a socket too.
const app = createRouter()
handleErrors(app, silentLogger)
app.post('/echo', jsonBody({ limitBytes: 1024 }), async (c) =>
  c.json({ value: c.var.body.value, again: await c.req.json() }),
)
const server = createAdaptorServer({ fetch: app.fetch })

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})

afterAll(async () => {
  server.close()
  await once(server, 'close')
})

function post(
  chunks: string[],
  headers: Record<string, string> = {},
): Promise<{ status: number; body: unknown }> {
  return new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo
    const req = request({
      port,
      method: 'POST',
      path: '/echo',
      agent: false,
      headers: { 'content-type': 'application/json', ...headers },
    })
    req.on('error', reject)
    req.on('response', async (res) => {
      let text = ''
      for await (const chunk of res) text += chunk
      resolve({ status: res.statusCode ?? 0, body: JSON.parse(text) })
    })
    for (const chunk of chunks) req.write(chunk)
    req.end()
  })
}

test('a body with its length is read', async () => {
  const text = '{"a":[1,2]}'
  const value = { a: [1, 2] }
  expect(await post([text], { 'content-length': String(text.length) })).toEqual({
    status: 200,
    body: { value, again: value },
  })
})

test('a chunked body is read', async () => {
  const value = { a: 'b' }
  expect(await post(['{"a":', '"b"}'])).toEqual({ status: 200, body: { value, again: value } })
})

test('a chunked body above the limit is a 413', async () => {
  const { status, body } = await post(['{"a":"', 'x'.repeat(800), 'x'.repeat(800), '"}'])
  expect(status).toBe(413)
  expect(body).toMatchObject({
    code: 'body_too_large',
    detail: 'The body may have 1 KiB (1024 bytes).',
  })
})

test('a declared length above the limit is a 413', async () => {
  const text = JSON.stringify({ a: 'x'.repeat(2000) })
  expect((await post([text], { 'content-length': String(text.length) })).status).toBe(413)
})

test('a request without a body is told to bring one', async () => {
  expect(await post([], { 'content-length': '0' })).toMatchObject({
    status: 400,
    body: { code: 'body_missing' },
  })
})
