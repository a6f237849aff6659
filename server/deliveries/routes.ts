import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { organisationOf, requireScope, tenantOf } from '../access/index.ts'
import type { Context } from '../context.ts'
import { getEvent } from '../events/index.ts'
import type { AppEnv } from '../http/environment.ts'
import {
  jsonContent,
  organisationQuery,
  pageOf,
  pageQuery,
  problems,
  securedBy,
} from '../http/responses.ts'
import { createRouter } from '../http/router.ts'
import { listAttempts } from './list-attempts.ts'
import { getDelivery, listDeliveries } from './read-deliveries.ts'
import { replayDelivery } from './replay-delivery.ts'
import { attemptSchema, deliveryDetailSchema, deliveryFilter, deliverySchema } from './schemas.ts'

const tags = ['Deliveries']
const params = z.object({ id: z.string() })
const deliveryPage = pageOf('DeliveryPage', deliverySchema)

const listRoute = createRoute({
  operationId: 'listDeliveries',
  method: 'get',
  path: '/v1/deliveries',
  tags,
  summary: 'List deliveries, newest first',
  description: 'A platform credential names an organisation or a subscription.',
  security: securedBy('deliveries:read'),
  middleware: [requireScope('deliveries:read')],
  request: { query: pageQuery.extend(organisationQuery.shape).extend(deliveryFilter) },
  responses: {
    200: jsonContent(deliveryPage, 'A page'),
    ...problems(400, 401, 403, 404, 422, 503),
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
    200: jsonContent(deliveryPage, 'A page'),
    ...problems(400, 401, 403, 404, 422, 503),
  },
})

const getRoute = createRoute({
  operationId: 'getDelivery',
  method: 'get',
  path: '/v1/deliveries/{id}',
  tags,
  summary: 'Get a delivery with the body it sends',
  security: securedBy('deliveries:read'),
  middleware: [requireScope('deliveries:read')],
  request: { params, query: organisationQuery },
  responses: {
    200: jsonContent(deliveryDetailSchema, 'The delivery'),
    ...problems(401, 403, 404, 422, 503),
  },
})

const attemptsRoute = createRoute({
  operationId: 'listAttempts',
  method: 'get',
  path: '/v1/deliveries/{id}/attempts',
  tags,
  summary: "List a delivery's attempts, first to last",
  security: securedBy('deliveries:read'),
  middleware: [requireScope('deliveries:read')],
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

export function deliveryRoutes(ctx: Context): OpenAPIHono<AppEnv> {
  const router = createRouter()
  router.openapi(listRoute, async (c) => {
    const { organisationId, ...query } = c.req.valid('query')
    // One of the two, or the newest of everything would have to be searched for.
    const tenant = query.subscriptionId
      ? tenantOf(c.var.actor, organisationId)
      : organisationOf(c.var.actor, organisationId)
    return c.json(await listDeliveries(ctx, tenant, query), 200)
  })
  router.openapi(ofEventRoute, async (c) => {
    const { organisationId, ...query } = c.req.valid('query')
    const tenant = organisationOf(c.var.actor, organisationId)
    const event = await getEvent(ctx, tenant, c.req.valid('param').id)
    return c.json(await listDeliveries(ctx, tenant, { ...query, eventId: event.id }), 200)
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
    return c.json(await replayDelivery(ctx, tenant, c.req.valid('param').id), 202)
  })
  return router
}
