import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from '../context.ts'
import { getEvent } from '../events/index.ts'
import type { AppEnv } from '../http/environment.ts'
import { organisationOf, tenantOf } from '../http/organisation-of.ts'
import { requireScope } from '../http/require-scope.ts'
import {
  jsonContent,
  organisationQuery,
  pageQuery,
  problems,
  securedBy,
} from '../http/responses.ts'
import { createRouter } from '../http/router.ts'
import { cancelDelivery } from './cancel-delivery.ts'
import { countOverTime } from './count-over-time.ts'
import { exportDeliveries, exportFormats } from './export-deliveries.ts'
import { deliveryFilter } from './filter-schema.ts'
import { listAttempts } from './list-attempts.ts'
import { getDelivery, listDeliveries } from './read-deliveries.ts'
import { replayDelivery } from './replay-delivery.ts'
import {
  attemptSchema,
  deliveryCountSchema,
  deliveryDetailSchema,
  deliveryFacetsSchema,
  deliveryHistogramSchema,
  deliveryPageSchema,
  deliverySchema,
  failureGroupsSchema,
} from './schemas.ts'
import { countDeliveries, countFacets, listFailureGroups } from './summarize-deliveries.ts'

const tags = ['Deliveries']
const params = z.object({ id: z.string() })

/** What all reads of the log share. */
const reading = {
  method: 'get' as const,
  tags,
  security: securedBy('deliveries:read'),
  middleware: [requireScope('deliveries:read')],
}
const failures = problems(400, 401, 403, 404, 422, 503)
const filterQuery = organisationQuery.extend(deliveryFilter)

const listRoute = createRoute({
  ...reading,
  operationId: 'listDeliveries',
  path: '/v1/deliveries',
  summary: 'List deliveries, newest first',
  description:
    'A platform credential that names no organisation sees those of all. A filter that few deliveries match is ' +
    'searched for a part of the log per request; `searchedUntil` then says how far.',
  request: { query: pageQuery.extend(filterQuery.shape) },
  responses: { 200: jsonContent(deliveryPageSchema, 'A page'), ...failures },
})

const countRoute = createRoute({
  ...reading,
  operationId: 'countDeliveries',
  path: '/v1/deliveries/count',
  summary: 'Count deliveries, to 10,000',
  request: { query: filterQuery },
  responses: { 200: jsonContent(deliveryCountSchema, 'How many'), ...failures },
})

const facetsRoute = createRoute({
  ...reading,
  operationId: 'countDeliveryFacets',
  path: '/v1/deliveries/facets',
  summary:
    'Count the newest deliveries by state, event type, subscription, status code and outcome',
  request: { query: filterQuery },
  responses: { 200: jsonContent(deliveryFacetsSchema, 'The counts'), ...failures },
})

const histogramRoute = createRoute({
  ...reading,
  operationId: 'countDeliveriesOverTime',
  path: '/v1/deliveries/histogram',
  summary: 'Count the newest 10,000 deliveries by state over time',
  request: { query: filterQuery },
  responses: { 200: jsonContent(deliveryHistogramSchema, 'The counts'), ...failures },
})

const failureGroupsRoute = createRoute({
  ...reading,
  operationId: 'listFailureGroups',
  path: '/v1/deliveries/failures',
  summary: 'Group what failed, and what is tried again, by subscription and error',
  request: {
    query: filterQuery.extend({
      limit: pageQuery.shape.limit,
      sort: z
        .enum(['count', 'newest'])
        .default('count')
        .meta({ description: 'Which groups come first' }),
    }),
  },
  responses: { 200: jsonContent(failureGroupsSchema, 'The groups'), ...failures },
})

const exportRoute = createRoute({
  ...reading,
  operationId: 'exportDeliveries',
  path: '/v1/deliveries/export',
  summary: 'Stream deliveries as a file, newest first',
  description:
    'At most 1,000,000 rows. A file that is cut short says so in its last line, with the `cursor` to go on from: ' +
    '`{"incomplete": …}`, or a record that begins with `#incomplete`.',
  request: {
    query: filterQuery.extend({
      format: z.enum(exportFormats).default('ndjson'),
      cursor: pageQuery.shape.cursor,
    }),
  },
  responses: {
    200: {
      description: 'A row per delivery',
      content: {
        'application/x-ndjson': { schema: z.string() },
        'text/csv': { schema: z.string() },
      },
    },
    ...failures,
  },
})

const ofEventRoute = createRoute({
  operationId: 'listEventDeliveries',
  method: 'get',
  path: '/v1/events/{id}/deliveries',
  tags: ['Events'],
  summary: "List an event's deliveries",
  security: securedBy('deliveries:read'),
  middleware: [requireScope('deliveries:read')],
  request: { params, query: pageQuery.extend(organisationQuery.shape) },
  responses: {
    200: jsonContent(deliveryPageSchema, 'A page'),
    ...problems(400, 401, 403, 404, 422, 503),
  },
})

const getRoute = createRoute({
  ...reading,
  operationId: 'getDelivery',
  path: '/v1/deliveries/{id}',
  summary: 'Get a delivery with the body it sends',
  request: { params, query: organisationQuery },
  responses: {
    200: jsonContent(deliveryDetailSchema, 'The delivery'),
    ...problems(401, 403, 404, 422, 503),
  },
})

const attemptsRoute = createRoute({
  ...reading,
  operationId: 'listAttempts',
  path: '/v1/deliveries/{id}/attempts',
  summary: "List a delivery's attempts, first to last",
  request: { params, query: organisationQuery },
  responses: {
    200: jsonContent(
      z.object({ data: z.array(attemptSchema) }).meta({ id: 'AttemptList' }),
      'All of them',
    ),
    ...problems(401, 403, 404, 422, 503),
  },
})

const replayRoute = createRoute({
  operationId: 'replayDelivery',
  method: 'post',
  path: '/v1/deliveries/{id}/replay',
  tags,
  summary: 'Try a delivery again',
  security: securedBy('deliveries:replay'),
  middleware: [requireScope('deliveries:replay')],
  request: { params, query: organisationQuery },
  responses: {
    202: jsonContent(deliverySchema, 'It is due now'),
    ...problems(401, 403, 404, 409, 422, 503),
  },
})

const cancelRoute = createRoute({
  operationId: 'cancelDelivery',
  method: 'post',
  path: '/v1/deliveries/{id}/cancel',
  tags,
  summary: 'End a delivery that is pending',
  description:
    'No further attempt is planned. One that is under way is still recorded; if it succeeds, the delivery has succeeded.',
  security: securedBy('deliveries:replay'),
  middleware: [requireScope('deliveries:replay')],
  request: { params, query: organisationQuery },
  responses: {
    200: jsonContent(deliverySchema, 'It is cancelled'),
    ...problems(401, 403, 404, 409, 422, 503),
  },
})

export function deliveryRoutes(ctx: Context): OpenAPIHono<AppEnv> {
  const router = createRouter()
  router.openapi(listRoute, async (c) => {
    const { organisationId, limit, cursor, ...filter } = c.req.valid('query')
    const tenant = tenantOf(c.var.actor, organisationId)
    return c.json(await listDeliveries(ctx, tenant, filter, { limit, cursor }), 200)
  })
  // Before the routes of one delivery, whose ids these are not.
  router.openapi(countRoute, async (c) => {
    const { organisationId, ...filter } = c.req.valid('query')
    return c.json(await countDeliveries(ctx, tenantOf(c.var.actor, organisationId), filter), 200)
  })
  router.openapi(facetsRoute, async (c) => {
    const { organisationId, ...filter } = c.req.valid('query')
    return c.json(await countFacets(ctx, tenantOf(c.var.actor, organisationId), filter), 200)
  })
  router.openapi(histogramRoute, async (c) => {
    const { organisationId, ...filter } = c.req.valid('query')
    return c.json(await countOverTime(ctx, tenantOf(c.var.actor, organisationId), filter), 200)
  })
  router.openapi(failureGroupsRoute, async (c) => {
    const { organisationId, limit, sort, ...filter } = c.req.valid('query')
    const tenant = tenantOf(c.var.actor, organisationId)
    return c.json(await listFailureGroups(ctx, tenant, filter, { limit, sort }), 200)
  })
  router.openapi(exportRoute, async (c) => {
    const { organisationId, format, cursor, ...filter } = c.req.valid('query')
    const tenant = tenantOf(c.var.actor, organisationId)
    const file = await exportDeliveries(ctx, c.var.caller, tenant, filter, { format, cursor })
    const day = new Date(ctx.clock.now()).toISOString().slice(0, 10)
    return c.body(ReadableStream.from(file) as ReadableStream<Uint8Array>, 200, {
      'content-type':
        format === 'csv' ? 'text/csv; charset=utf-8; header=present' : 'application/x-ndjson',
      'content-disposition': `attachment; filename="deliveries-${day}.${format}"`,
      'cache-control': 'no-store',
    })
  })
  router.openapi(ofEventRoute, async (c) => {
    const { organisationId, ...page } = c.req.valid('query')
    const tenant = organisationOf(c.var.actor, organisationId)
    const event = await getEvent(ctx, tenant, c.req.valid('param').id)
    return c.json(await listDeliveries(ctx, tenant, { eventId: event.id }, page), 200)
  })
  router.openapi(getRoute, async (c) => {
    const tenant = tenantOf(c.var.actor, c.req.valid('query').organisationId)
    return c.json(await getDelivery(ctx, tenant, c.req.valid('param').id), 200)
  })
  router.openapi(attemptsRoute, async (c) => {
    const tenant = tenantOf(c.var.actor, c.req.valid('query').organisationId)
    return c.json({ data: await listAttempts(ctx, tenant, c.req.valid('param').id) }, 200)
  })
  router.openapi(replayRoute, async (c) => {
    const tenant = tenantOf(c.var.actor, c.req.valid('query').organisationId)
    return c.json(await replayDelivery(ctx, c.var.caller, tenant, c.req.valid('param').id), 202)
  })
  router.openapi(cancelRoute, async (c) => {
    const tenant = tenantOf(c.var.actor, c.req.valid('query').organisationId)
    return c.json(await cancelDelivery(ctx, c.var.caller, tenant, c.req.valid('param').id), 200)
  })
  return router
}
