import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from '../context.ts'
import type { AppEnv } from '../http/environment.ts'
import { organisationOf } from '../http/organisation-of.ts'
import { requireScope } from '../http/require-scope.ts'
import {
  jsonContent,
  organisationQuery,
  pageQuery,
  problems,
  securedBy,
} from '../http/responses.ts'
import { createRouter } from '../http/router.ts'
import { getEvent, listEvents } from './read-events.ts'
import { eventPageSchema, eventQuery, eventSchema } from './schemas.ts'

const tags = ['Events']

const listRoute = createRoute({
  operationId: 'listEvents',
  method: 'get',
  path: '/v1/events',
  tags,
  summary: "List an organisation's events, newest first",
  security: securedBy('events:read'),
  middleware: [requireScope('events:read')],
  request: { query: pageQuery.extend(organisationQuery.shape).extend(eventQuery) },
  responses: {
    200: jsonContent(eventPageSchema, 'A page'),
    ...problems(400, 401, 403, 404, 422, 503),
  },
})

const getRoute = createRoute({
  operationId: 'getEvent',
  method: 'get',
  path: '/v1/events/{id}',
  tags,
  summary: 'Get an event',
  security: securedBy('events:read'),
  middleware: [requireScope('events:read')],
  request: { params: z.object({ id: z.string() }), query: organisationQuery },
  responses: {
    200: jsonContent(eventSchema, 'The event'),
    ...problems(400, 401, 403, 404, 422, 503),
  },
})

export function eventRoutes(ctx: Context): OpenAPIHono<AppEnv> {
  const router = createRouter()
  router.openapi(listRoute, async (c) => {
    const { organisationId, ...query } = c.req.valid('query')
    return c.json(await listEvents(ctx, organisationOf(c.var.actor, organisationId), query), 200)
  })
  router.openapi(getRoute, async (c) => {
    const organisationId = organisationOf(c.var.actor, c.req.valid('query').organisationId)
    return c.json(await getEvent(ctx, organisationId, c.req.valid('param').id), 200)
  })
  return router
}
