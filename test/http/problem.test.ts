import { HTTPException } from 'hono/http-exception'
import { describe, expect, test, vi } from 'vitest'
import { logRequests } from '../../server/http/log-requests.ts'
import { handleErrors } from '../../server/http/problem.ts'
import { requestId } from '../../server/http/request-id.ts'
import type { Problem } from '../../server/http/responses.ts'
import { createRouter } from '../../server/http/router.ts'
import { systemClock } from '../../server/kernel/clock.ts'
import { PosthornError } from '../../server/kernel/errors.ts'
import { silentLogger } from '../../server/kernel/logger.ts'

function createApp(error?: unknown) {
  const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() }
  const app = createRouter()
  app.use(requestId(), logRequests(log, systemClock))
  handleErrors(app, log)
  app.get('/things/:id', () => {
    throw error
  })
  app.put('/things/:id', (c) => c.text('put'))
  return { app, log }
}

test('an error for the caller becomes a problem with its code, request id and issues', async () => {
  const issues = [{ field: 'name', message: 'is required', fix: 'Send a string.' }]
  const error = new PosthornError('thing_broken', 409, 'It is broken', {
    detail: 'Quite.',
    issues,
    cause: 'secret',
  })
  const response = await createApp(error).app.request('/things/1', {
    headers: { 'x-request-id': 'abc' },
  })
  expect(response.status).toBe(409)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(await response.json()).toEqual({
    type: 'urn:posthorn:error:thing_broken',
    title: 'It is broken',
    status: 409,
    detail: 'Quite.',
    code: 'thing_broken',
    requestId: 'abc',
    errors: issues,
  })
})

test('an error that says when to come back sets Retry-After in whole seconds', async () => {
  const error = new PosthornError('busy', 503, 'Busy', { retryAfterSeconds: 1.2 })
  const { app, log } = createApp(error)
  const response = await app.request('/things/1')
  expect(response.headers.get('retry-after')).toBe('2')
  expect(log.warn).toHaveBeenCalledOnce()
})

test('any other error is a bare 500 outside and complete in the log', async () => {
  const error = new Error('select secret from api_keys')
  const { app, log } = createApp(error)
  const response = await app.request('/things/1')
  const body = (await response.json()) as Problem
  expect(response.status).toBe(500)
  expect(body).toEqual({
    type: 'urn:posthorn:error:internal_error',
    title: 'Internal error',
    status: 500,
    code: 'internal_error',
    requestId: response.headers.get('x-request-id'),
  })
  expect(log.error).toHaveBeenCalledWith(
    expect.objectContaining({ err: error, requestId: body.requestId }),
    expect.any(String),
  )
})

test('neither the query nor a header of a request is in the log, whatever became of it', async () => {
  for (const [method, error] of [
    ['PUT', undefined],
    ['GET', new Error('unforeseen')],
    ['GET', new PosthornError('busy', 503, 'Busy')],
  ] as const) {
    const { app, log } = createApp(error)
    await app.request('/things/1?token=s3cret', {
      method,
      headers: { authorization: 'Bearer s3cret', cookie: 's3cret', 'x-api-key': 's3cret' },
    })
    const written = Object.values(log).flatMap((level) => level.mock.calls)
    expect(written).toHaveLength(error === undefined ? 1 : 2)
    expect(JSON.stringify(written)).not.toContain('s3cret')
  }
})

test('an exception of Hono itself keeps its status and tells nothing', async () => {
  const response = await createApp(new HTTPException(415, { message: 'inner text' })).app.request(
    '/things/1',
  )
  const body = (await response.json()) as Problem
  expect(response.status).toBe(415)
  expect(body.code).toBe('media_type_unsupported')
  expect(JSON.stringify(body)).not.toContain('inner text')
})

describe('404 and 405', () => {
  test('an unknown path is a problem too', async () => {
    const response = await createApp().app.request('/nothing')
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({
      code: 'not_found',
      detail: 'There is no GET /nothing.',
    })
  })

  test('a known path with another method says which it has', async () => {
    const response = await createApp().app.request('/things/1', { method: 'DELETE' })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, HEAD, PUT')
    expect(await response.json()).toMatchObject({ code: 'method_not_allowed' })
  })
})

describe('x-request-id', () => {
  test.each(['', 'has space', 'a'.repeat(65), 'line%0d'])(
    '"%s" is replaced by one of ours',
    async (given) => {
      const response = await createApp().app.request('/nothing', {
        headers: { 'x-request-id': given },
      })
      expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/)
    },
  )

  test('a sane one is kept', async () => {
    const response = await createApp().app.request('/nothing', {
      headers: { 'x-request-id': 'trace_1.2-3' },
    })
    expect(response.headers.get('x-request-id')).toBe('trace_1.2-3')
    expect(await response.json()).toMatchObject({ requestId: 'trace_1.2-3' })
  })
})

test('an app without middleware still answers with a request id', async () => {
  const app = createRouter()
  handleErrors(app, silentLogger)
  const response = await app.request('/x')
  expect(await response.json()).toMatchObject({
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
})
