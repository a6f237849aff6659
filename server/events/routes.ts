import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from '../context.ts'
import type { AppEnv } from '../http/environment.ts'
import { organisationOf, tenantOf } from '../http/organisation-of.ts'
import { checkScope, requireScope } from '../http/require-scope.ts'
import {
  jsonContent,
  organisationQuery,
  pageQuery,
  problems,
  securedBy,
} from '../http/responses.ts'
import { createRouter } from '../http/router.ts'
import { eventQuery, historyQuery } from './filter-schema.ts'
import { getEvent, listEvents } from './read-events.ts'
import { readHistory } from './read-history.ts'
import {
  type EventDeliveries,
  eventHistorySchema,
  eventPageSchema,
  eventSchema,
} from './schemas.ts'

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

const historyRoute = createRoute({
  operationId: 'readEventHistory',
  method: 'get',
  path: '/v1/events/history',
  tags,
  summary: 'Read events forward, in the order in which they were published',
  description: [
    'What comes is always behind what was read: whoever keeps `nextCursor` and comes back with it misses no event, and gets',
    'none twice. An event is here a second or two after it was published. A platform credential that names no',
    'organisation reads those of all.',
  ].join('\n'),
  security: securedBy('events:read'),
  middleware: [requireScope('events:read')],
  request: { query: pageQuery.extend(organisationQuery.shape).extend(historyQuery) },
  responses: {
    200: jsonContent(eventHistorySchema, 'A page'),
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

/** Counts the deliveries of some events of an organisation; of one that is missing there are none. */
type CountDeliveries = (
  ctx: Context,
  organisationId: string,
  eventIds: readonly string[],
) => Promise<ReadonlyMap<string, EventDeliveries>>

const none: EventDeliveries = { total: 0, succeeded: 0, failed: 0, pending: 0, cancelled: 0 }

export function eventRoutes(ctx: Context, countDeliveries: CountDeliveries): OpenAPIHono<AppEnv> {
  const router = createRouter()
  router.openapi(listRoute, async (c) => {
    const { organisationId: named, include, ...query } = c.req.valid('query')
    const organisationId = organisationOf(c.var.actor, named)
    if (include) checkScope(c.var.actor, 'deliveries:read')
    const page = await listEvents(ctx, organisationId, query)
    if (!include) return c.json(page, 200)
    const ids = page.data.map(({ id }) => id)
    const counts = await countDeliveries(ctx, organisationId, ids)
    const data = page.data.map((event) => ({ ...event, deliveries: counts.get(event.id) ?? none }))
    return c.json({ ...page, data }, 200)
  })
  router.openapi(historyRoute, async (c) => {
    const { organisationId, ...query } = c.req.valid('query')
    return c.json(await readHistory(ctx, tenantOf(c.var.actor, organisationId), query), 200)
  })
  router.openapi(getRoute, async (c) => {
    const organisationId = organisationOf(c.var.actor, c.req.valid('query').organisationId)
    return c.json(await getEvent(ctx, organisationId, c.req.valid('param').id), 200)
  })
  return router
}
