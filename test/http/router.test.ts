import { createRoute, z } from '@hono/zod-openapi'
import { describe, expect, test } from 'vitest'
import { jsonBody } from '../../server/http/json-body.ts'
import { handleErrors } from '../../server/http/problem.ts'
import {
  jsonContent,
  jsonRequest,
  organisationQuery,
  type Problem,
  pageOf,
  pageQuery,
  problems,
  securedBy,
} from '../../server/http/responses.ts'
import { createRouter } from '../../server/http/router.ts'
import type { FieldIssue } from '../../server/kernel/errors.ts'
import { silentLogger } from '../../server/kernel/logger.ts'

const itemSchema = z.strictObject({
  entityId: z.uuid(),
  at: z.iso.datetime({ offset: true }).optional(),
})

const inputSchema = z.strictObject({
  name: z.string().min(3, 'is too short for a name').max(5),
  organisationId: z.uuid().optional(),
  status: z.enum(['active', 'paused']),
  items: z.array(itemSchema).optional(),
  target: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('url'), url: z.url() }),
      z.strictObject({ kind: z.literal('none') }),
    ])
    .optional(),
  either: z.union([z.string(), z.strictObject({ from: z.int(), to: z.int() })]).optional(),
  even: z
    .int()
    .refine((value) => value % 2 === 0, { error: 'must be even', params: { fix: 'Add one.' } })
    .optional(),
})

const list = createRoute({
  operationId: 'listThings',
  method: 'get',
  path: '/things/{id}',
  security: securedBy('events:read'),
  request: {
    query: pageQuery.extend(organisationQuery.shape),
    params: z.strictObject({ id: z.uuid() }),
  },
  responses: { 200: jsonContent(pageOf('ThingPage', itemSchema), 'things'), ...problems(400, 422) },
})

const create = createRoute({
  operationId: 'createThing',
  method: 'post',
  path: '/things',
  middleware: [jsonBody()],
  request: { body: jsonRequest(inputSchema) },
  responses: { 201: jsonContent(inputSchema, 'created'), ...problems(422) },
})

function createApp() {
  const app = createRouter()
  const room = createRouter()
  room.openapi(list, (c) => {
    const { limit } = c.req.valid('query')
    return c.json({ data: [], nextCursor: String(limit) }, 200)
  })
  room.openapi(create, (c) => c.json(c.req.valid('json'), 201))
  app.route('/', room)
  handleErrors(app, silentLogger)
  return app
}

const uuid = '5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b11'

async function issuesOf(response: Response): Promise<FieldIssue[]> {
  expect(response.status).toBe(422)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const body = (await response.json()) as Problem
  expect(body.code).toBe('validation_failed')
  return body.errors as FieldIssue[]
}

async function post(body: unknown): Promise<FieldIssue[]> {
  return postText(JSON.stringify(body))
}

async function postText(body: string): Promise<FieldIssue[]> {
  const headers = { 'content-type': 'application/json' }
  return issuesOf(await createApp().request('/things', { method: 'POST', headers, body }))
}

async function get(path: string): Promise<FieldIssue[]> {
  return issuesOf(await createApp().request(path))
}

const valid = { name: 'thing', status: 'active' }

describe('body', () => {
  test('a missing field is required, and its type is told', async () => {
    expect(await post({ status: 'active' })).toEqual([
      { field: 'name', message: 'is required', fix: 'Send a string.' },
    ])
  })

  test('a field of the wrong type is told the right one, and never repeated', async () => {
    const issues = await post({ ...valid, name: { password: 'hunter2' } })
    expect(issues).toEqual([{ field: 'name', message: 'must be a string, but was an object' }])
  })

  test('the message of a schema wins', async () => {
    expect(await post({ ...valid, name: 'x' })).toEqual([
      { field: 'name', message: 'is too short for a name' },
    ])
  })

  test('a bound is told', async () => {
    expect(await post({ ...valid, name: 'much too long' })).toEqual([
      { field: 'name', message: 'must have at most 5 characters' },
    ])
  })

  test('a rule brings its own fix', async () => {
    expect(await post({ ...valid, even: 3 })).toEqual([
      { field: 'even', message: 'must be even', fix: 'Add one.' },
    ])
  })

  test('an unknown field lists the allowed ones and guesses what was meant', async () => {
    expect(await post({ ...valid, organizationId: uuid, colour: 'red' })).toEqual([
      {
        field: 'organizationId',
        message: 'is not a known field',
        fix: 'Did you mean organisationId? Allowed here: name, organisationId, status, items, target, either, even.',
      },
      {
        field: 'colour',
        message: 'is not a known field',
        fix: 'Allowed here: name, organisationId, status, items, target, either, even.',
      },
    ])
  })

  test('an unknown field called __proto__ is refused like any other', async () => {
    const [issue] = await postText('{"name":"thing","status":"active","__proto__":{"admin":true}}')
    expect(issue).toMatchObject({ field: '__proto__', message: 'is not a known field' })
  })

  test('an enum lists its values', async () => {
    expect(await post({ ...valid, status: 'on' })).toEqual([
      { field: 'status', message: 'must be one of active, paused' },
    ])
  })

  test('the path of a field in a list has its index', async () => {
    const items = [{ entityId: uuid }, { entityId: 'x', at: 'yesterday', extra: 1 }]
    expect(await post({ ...valid, items })).toEqual([
      {
        field: 'items.1.entityId',
        message: 'must be a UUID',
        fix: expect.stringContaining('8-4-4-4-12'),
      },
      {
        field: 'items.1.at',
        message: 'must be a time in RFC 3339',
        fix: expect.stringContaining('T09:30:00Z'),
      },
      {
        field: 'items.1.extra',
        message: 'is not a known field',
        fix: 'Allowed here: entityId, at.',
      },
    ])
  })

  test('of several shapes, the one that was meant is explained', async () => {
    expect(await post({ ...valid, either: { from: 1 } })).toEqual([
      { field: 'either.to', message: 'is required', fix: 'Send a number.' },
    ])
    expect(await post({ ...valid, either: 5 })).toEqual([
      { field: 'either', message: 'must be a string or an object' },
    ])
    expect(await post({ ...valid, target: { kind: 'url', url: 'nowhere' } })).toEqual([
      { field: 'target.url', message: 'must be an absolute URL', fix: expect.any(String) },
    ])
    expect(await post({ ...valid, target: { kind: 'ftp' } })).toEqual([
      { field: 'target.kind', message: 'must be one of url, none' },
    ])
  })

  test('thousands of mistakes do not make a long answer', async () => {
    const items = Array.from({ length: 5000 }, () => ({ entityId: 'x' }))
    expect((await post({ ...valid, items })).length).toBe(50)
    expect((await post({ ...valid, ['k'.repeat(100_000)]: 1 }))[0]?.field.length).toBe(256)
  })

  test('a body of another type than an object is refused as a whole', async () => {
    expect(await post([1])).toEqual([
      { field: '', message: 'must be an object, but was given more than once or as an array' },
    ])
  })
})

describe('an optional body', () => {
  const schema = z.strictObject({ count: z.int().default(3), name: z.string().optional() })
  const route = createRoute({
    operationId: 'testThing',
    method: 'post',
    path: '/things/test',
    middleware: [jsonBody({ optional: true })],
    request: { body: jsonRequest(schema, { optional: true }) },
    responses: { 200: jsonContent(schema, 'tested'), ...problems(422) },
  })
  const app = createRouter()
  app.openapi(route, (c) => c.json(c.req.valid('json'), 200))
  handleErrors(app, silentLogger)

  test('that is missing gets the defaults of its schema', async () => {
    const response = await app.request('/things/test', { method: 'POST' })
    expect(await response.json()).toEqual({ count: 3 })
  })

  test('that is there is checked', async () => {
    const headers = { 'content-type': 'application/json' }
    const body = '{"count":"3"}'
    const [issue] = await issuesOf(
      await app.request('/things/test', { method: 'POST', headers, body }),
    )
    expect(issue).toEqual({ field: 'count', message: 'must be a number' })
  })

  test('is documented once, as optional, and without the middleware', () => {
    const document = app.getOpenAPI31Document({
      openapi: '3.1.0',
      info: { title: 't', version: '1' },
    })
    expect(document.paths?.['/things/test']?.post?.requestBody).toMatchObject({ required: false })
    expect(document.paths?.['/things/test']?.post).not.toHaveProperty('middleware')
    expect(app.openAPIRegistry.definitions.length).toBe(1)
  })
})

describe('query and path', () => {
  test('the limit of a list is 50 unless told', async () => {
    const response = await createApp().request(`/things/${uuid}`)
    expect(await response.json()).toEqual({ data: [], nextCursor: '50' })
  })

  test.each([
    ['limit=0', 'must be at least 1'],
    ['limit=251', 'must be at most 250'],
    ['limit=ten', 'must be a number'],
    ['limit=1.5', 'must be a whole number'],
  ])('?%s is refused', async (query, message) => {
    expect(await get(`/things/${uuid}?${query}`)).toEqual([
      expect.objectContaining({ field: 'limit', message }),
    ])
  })

  test('a parameter given twice is refused', async () => {
    const [issue] = await get(`/things/${uuid}?cursor=a&cursor=b`)
    expect(issue).toEqual({
      field: 'cursor',
      message: 'must be a string, but was given more than once or as an array',
    })
  })

  test('an unknown parameter lists the allowed ones', async () => {
    expect(await get(`/things/${uuid}?__proto__=1&organisation=x`)).toEqual([
      expect.objectContaining({ field: '__proto__' }),
      {
        field: 'organisation',
        message: 'is not a known field',
        fix: expect.stringContaining('Allowed here: limit, cursor, organisationId.'),
      },
    ])
  })

  test('a path that should hold a UUID names its parameter', async () => {
    expect(await get('/things/12')).toEqual([
      { field: 'id', message: 'must be a UUID', fix: expect.any(String) },
    ])
  })
})

test('the document has the parts under their names, and what each operation needs', () => {
  const document = createApp().getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 't', version: '1' },
  })
  expect(Object.keys(document.components?.schemas ?? {})).toEqual(
    expect.arrayContaining(['Problem', 'ThingPage']),
  )
  const operation = document.paths?.['/things/{id}']?.get
  expect(operation?.security).toEqual([{ apiKey: ['events:read'] }])
  expect(operation?.parameters).toContainEqual(
    expect.objectContaining({
      name: 'limit',
      in: 'query',
      required: false,
      schema: expect.objectContaining({ type: 'integer', minimum: 1, maximum: 250, default: 50 }),
    }),
  )
  expect(operation?.responses?.['422']).toMatchObject({
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  })
})
