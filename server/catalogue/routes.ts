import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from '../context.ts'
import type { AppEnv } from '../http/environment.ts'
import { jsonBody } from '../http/json-body.ts'
import { requirePlatform } from '../http/organisation-of.ts'
import { requireScope } from '../http/require-scope.ts'
import { jsonContent, jsonRequest, problems, securedBy } from '../http/responses.ts'
import { createRouter } from '../http/router.ts'
import type { Catalogue } from './catalogue.ts'
import { deprecateEventType, getEventType, listEventTypes, putEventType } from './event-types.ts'
import { eventTypeInputSchema, eventTypeName, eventTypeSchema } from './schemas.ts'

const tags = ['Event types']
const params = z.object({ name: eventTypeName.meta({ example: 'IssueStatusChanged' }) })

const listRoute = createRoute({
  operationId: 'listEventTypes',
  method: 'get',
  path: '/v1/event-types',
  tags,
  summary: 'List the catalogue',
  security: securedBy(),
  responses: {
    200: jsonContent(
      z.object({ data: z.array(eventTypeSchema) }).meta({ id: 'EventTypeList' }),
      'Every type, by name',
    ),
    ...problems(401, 403, 503),
  },
})

const getRoute = createRoute({
  operationId: 'getEventType',
  method: 'get',
  path: '/v1/event-types/{name}',
  tags,
  summary: 'Get an event type',
  security: securedBy(),
  request: { params },
  responses: {
    200: jsonContent(eventTypeSchema, 'The type'),
    ...problems(401, 403, 404, 422, 503),
  },
})

const putRoute = createRoute({
  operationId: 'putEventType',
  method: 'put',
  path: '/v1/event-types/{name}',
  tags,
  summary: 'Register or replace an event type',
  security: securedBy('admin'),
  middleware: [requireScope('admin'), jsonBody()],
  request: { params, body: jsonRequest(eventTypeInputSchema) },
  responses: {
    200: jsonContent(eventTypeSchema, 'Replaced'),
    201: jsonContent(eventTypeSchema, 'Registered'),
    ...problems(400, 401, 403, 413, 415, 422, 503),
  },
})

const deprecateRoute = createRoute({
  operationId: 'deprecateEventType',
  method: 'post',
  path: '/v1/event-types/{name}/deprecate',
  tags,
  summary: 'Mark an event type as not to be used any more',
  security: securedBy('admin'),
  middleware: [requireScope('admin')],
  request: { params },
  responses: {
    200: jsonContent(eventTypeSchema, 'Deprecated'),
    ...problems(401, 403, 404, 422, 503),
  },
})

/** Reading needs any credential: integrators choose from the catalogue. Changing it is the platform's. */
export function eventTypeRoutes(ctx: Context, catalogue: Catalogue): OpenAPIHono<AppEnv> {
  const router = createRouter()
  router.openapi(listRoute, async (c) => c.json({ data: await listEventTypes(ctx) }, 200))
  router.openapi(getRoute, async (c) =>
    c.json(await getEventType(ctx, c.req.valid('param').name), 200),
  )
  router.openapi(putRoute, async (c) => {
    requirePlatform(c.var.actor)
    const { created, eventType } = await putEventType(
      ctx,
      c.var.caller,
      c.req.valid('param').name,
      c.req.valid('json'),
    )
    await catalogue.reload()
    return c.json(eventType, created ? 201 : 200)
  })
  router.openapi(deprecateRoute, async (c) => {
    requirePlatform(c.var.actor)
    return c.json(await deprecateEventType(ctx, c.var.caller, c.req.valid('param').name), 200)
  })
  return router
}
