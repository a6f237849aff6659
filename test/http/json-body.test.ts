import { createRoute, z } from '@hono/zod-openapi'
import { describe, expect, test } from 'vitest'
import { jsonBody } from '../../server/http/json-body.ts'
import { handleErrors } from '../../server/http/problem.ts'
import { requestId } from '../../server/http/request-id.ts'
import { jsonContent, jsonRequest, type Problem, problems } from '../../server/http/responses.ts'
import { createRouter } from '../../server/http/router.ts'
import { silentLogger } from '../../server/kernel/logger.ts'

const json = { 'content-type': 'application/json' }

function createApp(options: Parameters<typeof jsonBody>[0] = {}) {
  const app = createRouter()
  app.use(requestId())
  handleErrors(app, silentLogger)
  const route = createRoute({
    method: 'post',
    path: '/echo',
    middleware: [jsonBody(options)],
    request: { body: jsonRequest(z.looseObject({ data: z.unknown().optional() }), options) },
    responses: { 200: jsonContent(z.unknown(), 'echo'), ...problems(413) },
  })
  app.openapi(route, (c) =>
    c.json({ valid: c.req.valid('json'), exact: JSON.stringify(c.var.body.exact) }, 200),
  )
  return app
}

type Echo = Problem & { valid: unknown; exact: string }

async function post(
  body: RequestInit['body'] | undefined,
  headers: Record<string, string> = json,
  options = {},
) {
  const init: RequestInit = { method: 'POST', headers, ...(body !== undefined && { body }) }
  if (body instanceof ReadableStream) Object.assign(init, { duplex: 'half' })
  const response = await createApp(options).request('/echo', init)
  return { status: response.status, body: (await response.json()) as Echo }
}

function chunks(count: number, bytes: number): ReadableStream<Uint8Array> {
  let sent = 0
  return new ReadableStream({
    pull(controller) {
      if (sent++ < count) controller.enqueue(new Uint8Array(bytes).fill(0x20))
      else controller.close()
    },
  })
}

describe('2xx', () => {
  test('the schema sees the value that was parsed once, and the exact value keeps every digit', async () => {
    const { status, body } = await post('{"data":{"n":12345678901234567890}}')
    expect(status).toBe(200)
    expect(body.exact).toBe('{"data":{"n":12345678901234567890}}')
  })

  test('a key called __proto__ stays a key of the exact value and changes no prototype', async () => {
    const { status, body } = await post('{"data":{"__proto__":{"polluted":true}}}')
    expect(status).toBe(200)
    expect(body.exact).toBe('{"data":{"__proto__":{"polluted":true}}}')
    expect('polluted' in {}).toBe(false)
  })

  test.each([
    'application/json',
    'Application/JSON; charset=UTF-8',
    'application/json;charset="utf-8"',
  ])('content-type %s is JSON', async (contentType) => {
    expect((await post('{"data":1}', { 'content-type': contentType })).status).toBe(200)
  })

  test('an optional body may be missing', async () => {
    const { status, body } = await post(undefined, {}, { optional: true })
    expect(status).toBe(200)
    expect(body).toEqual({ valid: {}, exact: '{}' })
  })

  test('an optional body may be empty although its content-type is named', async () => {
    expect((await post('', json, { optional: true })).body).toEqual({ valid: {}, exact: '{}' })
  })

  test('a body that came in chunks is read whole', async () => {
    const stream = new Blob(['{"data":', '"x"', '}']).stream()
    expect((await post(stream)).body.valid).toEqual({ data: 'x' })
  })

  test('a route may allow more', async () => {
    const text = JSON.stringify({ data: 'x'.repeat(300 * 1024) })
    expect((await post(text, json, { limitBytes: 1024 * 1024 })).status).toBe(200)
  })

  test('the body can still be read again as it came', async () => {
    const app = createRouter()
    app.post('/echo', jsonBody(), async (c) => c.text(await c.req.text()))
    const response = await app.request('/echo', {
      method: 'POST',
      headers: json,
      body: '{ "a": 1.0 }',
    })
    expect(await response.text()).toBe('{ "a": 1.0 }')
  })
})

describe('400', () => {
  test('a required body that is missing is named', async () => {
    const { status, body } = await post(undefined)
    expect(status).toBe(400)
    expect(body).toMatchObject({
      code: 'body_missing',
      errors: [{ field: '', message: 'is missing' }],
    })
  })

  test('bytes that are not UTF-8 are refused instead of replaced', async () => {
    const { status, body } = await post(new Uint8Array([0x22, 0xff, 0x22]))
    expect(status).toBe(400)
    expect(body.code).toBe('json_encoding_invalid')
  })

  test('text that is not JSON is refused', async () => {
    expect((await post('{"data":')).body.code).toBe('json_invalid')
  })

  test('JSON that would overflow the stack of whatever walks it is refused', async () => {
    const { status, body } = await post(`{"data":${'['.repeat(20_000)}${']'.repeat(20_000)}}`)
    expect(status).toBe(400)
    expect(body.code).toBe('json_too_deep')
  })

  test('a connection that breaks while the body is read is the client’s error, not ours', async () => {
    const broken = new ReadableStream({
      pull: (controller) => controller.error(new Error('aborted')),
    })
    const { status, body } = await post(broken)
    expect(status).toBe(400)
    expect(body.code).toBe('body_unreadable')
  })
})

describe('413', () => {
  test('a declared length above the limit is refused before anything is read', async () => {
    const unread = new ReadableStream({ pull: () => expect.unreachable() }, { highWaterMark: 0 })
    const { status, body } = await post(unread, { ...json, 'content-length': '262145' })
    expect(status).toBe(413)
    expect(body).toMatchObject({
      code: 'body_too_large',
      errors: [{ field: '', message: 'is larger than 256 KiB', fix: expect.any(String) }],
    })
  })

  test('chunks without a declared length stop being read at the limit', async () => {
    const endless = chunks(Number.POSITIVE_INFINITY, 64 * 1024)
    const { status, body } = await post(endless)
    expect(status).toBe(413)
    expect(body.code).toBe('body_too_large')
  })

  test('a declared length that lies does not get more in', async () => {
    const { status } = await post(chunks(5, 64 * 1024), { ...json, 'content-length': '10' })
    expect(status).toBe(413)
  })

  test('exactly the limit is allowed', async () => {
    const text = `{"data":"${'x'.repeat(256 * 1024 - 11)}"}`
    expect((await post(text)).status).toBe(200)
    expect((await post(`${text} `)).status).toBe(413)
  })
})

describe('415', () => {
  test.each([
    ['text/plain', 'is not application/json'],
    ['application/json; charset=utf-16', 'is not application/json'],
    ['application/x-www-form-urlencoded', 'is not application/json'],
    ['application/jsonp', 'is not application/json'],
  ])('content-type %s is refused', async (contentType, message) => {
    const { status, body } = await post('{}', { 'content-type': contentType })
    expect(status).toBe(415)
    expect(body).toMatchObject({
      code: 'media_type_unsupported',
      errors: [{ field: 'content-type', message }],
    })
  })

  test('a body without a content-type is refused', async () => {
    const { status, body } = await post(new TextEncoder().encode('{}'), {})
    expect(status).toBe(415)
    expect(body.errors?.[0]?.message).toBe('is missing')
  })

  test('a compressed body is refused, so that none can grow in memory', async () => {
    const { status, body } = await post('{}', { ...json, 'content-encoding': 'gzip' })
    expect(status).toBe(415)
    expect(body.errors?.[0]?.field).toBe('content-encoding')
  })
})
