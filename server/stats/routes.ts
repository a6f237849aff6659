import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from '../context.ts'
import type { AppEnv } from '../http/environment.ts'
import { organisationOf, requirePlatform, tenantOf } from '../http/organisation-of.ts'
import { requireScope } from '../http/require-scope.ts'
import { jsonContent, organisationQuery, problems, securedBy } from '../http/responses.ts'
import { createRouter } from '../http/router.ts'
import { readDeliveryStats } from './read-delivery-stats.ts'
import { readEventTypeStats } from './read-event-type-stats.ts'
import { readOrganisationStats } from './read-organisation-stats.ts'
import { readQueueStats } from './read-queue-stats.ts'
import { readQuotaStats } from './read-quota-stats.ts'
import { readSubscriptionStats } from './read-subscription-stats.ts'
import {
  deliveryStatsSchema,
  eventTypeStatsSchema,
  intervalSchema,
  organisationStatsSchema,
  queueStatsSchema,
  quotaStatsSchema,
  rangeQuery,
  subscriptionIdsSchema,
  subscriptionStatsSchema,
} from './schemas.ts'

const tags = ['Stats']
const whose = 'A platform credential that names no organisation sees all of them.'

const deliveriesRoute = createRoute({
  operationId: 'getDeliveryStats',
  method: 'get',
  path: '/v1/stats/deliveries',
  tags,
  summary: 'Deliveries over time',
  description: `Counts and durations per interval, up to 2,000 of them, a few seconds late. ${whose}`,
  security: securedBy('deliveries:read'),
  middleware: [requireScope('deliveries:read')],
  request: {
    query: organisationQuery.extend({
      ...rangeQuery,
      interval: intervalSchema.optional().meta({
        description:
          'Minutes are kept for two days. By default what suits the range: minutes up to 6 hours, hours up to 7 days',
      }),
      subscriptionId: z.uuid().optional(),
      eventType: z.string().max(128).optional(),
    }),
  },
  responses: {
    200: jsonContent(deliveryStatsSchema, 'The chart'),
    ...problems(401, 403, 404, 422, 503),
  },
})

const subscriptionsRoute = createRoute({
  operationId: 'getSubscriptionStats',
  method: 'get',
  path: '/v1/stats/subscriptions',
  tags,
  summary: 'How each subscription does',
  description: `Those that are named, or the newest 1,000 subscriptions, those without deliveries among them; by the hour for up to two days, else by the day. ${whose}`,
  security: securedBy('deliveries:read'),
  middleware: [requireScope('deliveries:read')],
  request: {
    query: organisationQuery.extend({ ...rangeQuery, subscriptionId: subscriptionIdsSchema }),
  },
  responses: {
    200: jsonContent(subscriptionStatsSchema, 'One entry per subscription, newest first'),
    ...problems(401, 403, 404, 422, 503),
  },
})

const limit = z.coerce.number().int().min(1).max(100).default(50).meta({
  description: 'The busiest so many',
})

const eventTypesRoute = createRoute({
  operationId: 'getEventTypeStats',
  method: 'get',
  path: '/v1/stats/event-types',
  tags,
  summary: 'How the deliveries of each event type do',
  description: `By the hour for up to two days, else by the day. ${whose}`,
  security: securedBy('deliveries:read'),
  middleware: [requireScope('deliveries:read')],
  request: { query: organisationQuery.extend({ ...rangeQuery, limit }) },
  responses: {
    200: jsonContent(eventTypeStatsSchema, 'One entry per event type that had any, busiest first'),
    ...problems(401, 403, 404, 422, 503),
  },
})

const organisationsRoute = createRoute({
  operationId: 'getOrganisationStats',
  method: 'get',
  path: '/v1/stats/organisations',
  tags,
  summary: 'How the busiest organisations do',
  description:
    'By the hour for up to two days, else by the day. Which are the busiest is judged by whole days (UTC). ' +
    'Platform credentials only.',
  security: securedBy('admin'),
  middleware: [requireScope('admin')],
  request: { query: z.strictObject({ ...rangeQuery, limit }) },
  responses: {
    200: jsonContent(organisationStatsSchema, 'One entry per organisation, busiest first'),
    ...problems(401, 403, 422, 503),
  },
})

const queueRoute = createRoute({
  operationId: 'getQueueStats',
  method: 'get',
  path: '/v1/stats/queue',
  tags,
  summary: 'What waits now',
  description: whose,
  security: securedBy('deliveries:read'),
  middleware: [requireScope('deliveries:read')],
  request: { query: organisationQuery },
  responses: {
    200: jsonContent(queueStatsSchema, 'The queue'),
    ...problems(401, 403, 404, 422, 503),
  },
})

const quotasRoute = createRoute({
  operationId: 'getQuotaStats',
  method: 'get',
  path: '/v1/stats/quotas',
  tags,
  summary: 'What an organisation uses of its quotas',
  description: 'A platform credential names the organisation.',
  security: securedBy('deliveries:read'),
  middleware: [requireScope('deliveries:read')],
  request: { query: organisationQuery },
  responses: {
    200: jsonContent(quotaStatsSchema, 'The quotas, each with what is used of it'),
    ...problems(400, 401, 403, 404, 422, 503),
  },
})

export function statsRoutes(ctx: Context): OpenAPIHono<AppEnv> {
  const router = createRouter()
  router.openapi(deliveriesRoute, async (c) => {
    const { organisationId, ...query } = c.req.valid('query')
    const tenant = tenantOf(c.var.actor, organisationId)
    return c.json(await readDeliveryStats(ctx, tenant, query), 200)
  })
  router.openapi(subscriptionsRoute, async (c) => {
    const { organisationId, ...query } = c.req.valid('query')
    const tenant = tenantOf(c.var.actor, organisationId)
    return c.json(await readSubscriptionStats(ctx, tenant, query), 200)
  })
  router.openapi(eventTypesRoute, async (c) => {
    const { organisationId, ...query } = c.req.valid('query')
    const tenant = tenantOf(c.var.actor, organisationId)
    return c.json(await readEventTypeStats(ctx, tenant, query), 200)
  })
  router.openapi(organisationsRoute, async (c) => {
    requirePlatform(c.var.actor)
    return c.json(await readOrganisationStats(ctx, c.req.valid('query')), 200)
  })
  router.openapi(queueRoute, async (c) => {
    const tenant = tenantOf(c.var.actor, c.req.valid('query').organisationId)
    return c.json(await readQueueStats(ctx, tenant), 200)
  })
  router.openapi(quotasRoute, async (c) => {
    const organisationId = organisationOf(c.var.actor, c.req.valid('query').organisationId)
    return c.json(await readQuotaStats(ctx, organisationId), 200)
  })
  return router
}
