import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from '../context.ts'
import type { Settlement } from '../deliveries/index.ts'
import type { AppEnv } from '../http/environment.ts'
import { jsonBody } from '../http/json-body.ts'
import { scopeOf } from '../http/organisation-of.ts'
import { requireScope } from '../http/require-scope.ts'
import {
  jsonContent,
  jsonRequest,
  organisationQuery,
  problems,
  securedBy,
} from '../http/responses.ts'
import { createRouter } from '../http/router.ts'
import type { SubscriptionDirectory } from '../subscriptions/index.ts'
import { acknowledge } from './acknowledge.ts'
import { Puller, requirePulled } from './pull-deliveries.ts'
import { readPullState } from './pull-state.ts'
import {
  acknowledgedSchema,
  acknowledgementSchema,
  pulledDeliveriesSchema,
  pullRequestSchema,
  pullStateSchema,
} from './schemas.ts'
import { writeSettlements } from './write-settlements.ts'

const tags = ['Pull subscriptions']
/** A thousand failures, each with its reason. */
const acknowledgementBytesMax = 2 * 1024 * 1024
const params = z.object({
  id: z.string().meta({ description: 'Its id, or `uid:` and your own', example: 'uid:ai-context' }),
})
const shared = { tags, request: { params, query: organisationQuery } }
const errors = problems(400, 401, 403, 404, 409, 413, 415, 422, 503)

const pullRoute = createRoute({
  ...shared,
  operationId: 'pullDeliveries',
  method: 'post',
  path: '/v1/subscriptions/{id}/pull',
  summary: 'Fetch what waits for a pull subscription',
  description: [
    'Each delivery is leased: nobody else gets it until it is acknowledged or its lease ends; then it is given out again,',
    'however often. Of a subscription with `ordering: entity`, the events of an entity come in order, and none',
    'while an earlier one is leased or failing. It is not idempotent: an answer that is lost leaves its deliveries leased.',
  ].join('\n'),
  security: securedBy('deliveries:replay'),
  middleware: [requireScope('deliveries:replay'), jsonBody({ optional: true })],
  request: { ...shared.request, body: jsonRequest(pullRequestSchema, { optional: true }) },
  responses: { 200: jsonContent(pulledDeliveriesSchema, 'What was leased'), ...errors },
})

const acknowledgeRoute = createRoute({
  ...shared,
  operationId: 'acknowledgeDeliveries',
  method: 'post',
  path: '/v1/subscriptions/{id}/ack',
  summary: 'Say what became of leased deliveries',
  description:
    'Up to 1,000 of them, a result each; what is refused takes no others with it. It may be repeated.',
  security: securedBy('deliveries:replay'),
  middleware: [
    requireScope('deliveries:replay'),
    jsonBody({ limitBytes: acknowledgementBytesMax }),
  ],
  request: { ...shared.request, body: jsonRequest(acknowledgementSchema) },
  responses: { 200: jsonContent(acknowledgedSchema, 'A result per delivery'), ...errors },
})

const stateRoute = createRoute({
  ...shared,
  operationId: 'getPullState',
  method: 'get',
  path: '/v1/subscriptions/{id}/pull',
  summary: 'How much waits for a pull subscription, and when it was pulled last',
  security: securedBy('subscriptions:read'),
  middleware: [requireScope('subscriptions:read')],
  responses: {
    200: jsonContent(pullStateSchema, 'As it is now'),
    ...problems(400, 401, 403, 404, 409, 422, 503),
  },
})

export interface PullingParts {
  ctx: Context
  directory: SubscriptionDirectory
  /** Hears of attempts once they are written, as of those that the dispatcher makes. */
  observe: (settlements: readonly Settlement[]) => void
  /** Aborts when the process is about to end: whoever waits is answered. */
  closing: () => AbortSignal
}

export function pullingRoutes({
  ctx,
  directory,
  observe,
  closing,
}: PullingParts): OpenAPIHono<AppEnv> {
  const router = createRouter()
  const settle = async (settlements: readonly Settlement[]): Promise<ReadonlySet<string>> => {
    const counted = await writeSettlements(ctx, directory, settlements)
    observe(settlements.filter(({ id }) => counted.has(id)))
    return counted
  }
  const puller = new Puller({ ctx, settle, observe })
  router.openapi(pullRoute, async (c) => {
    const scope = scopeOf(c.var.actor, c.req.valid('query').organisationId)
    const signal = AbortSignal.any([c.req.raw.signal, closing()])
    const answer = await puller.pull(scope, c.req.valid('param').id, c.req.valid('json'), signal)
    const headers = { 'content-type': 'application/json' }
    // JSON already, of the shape that is described: the types cannot know.
    return c.body(answer, 200, headers) as never
  })
  router.openapi(acknowledgeRoute, async (c) => {
    const scope = scopeOf(c.var.actor, c.req.valid('query').organisationId)
    const subscription = await requirePulled(ctx, scope, c.req.valid('param').id)
    return c.json({ data: await acknowledge(ctx, subscription, c.req.valid('json'), settle) }, 200)
  })
  router.openapi(stateRoute, async (c) => {
    const scope = scopeOf(c.var.actor, c.req.valid('query').organisationId)
    const { id } = await requirePulled(ctx, scope, c.req.valid('param').id)
    return c.json(await readPullState(ctx, id), 200)
  })
  return router
}
