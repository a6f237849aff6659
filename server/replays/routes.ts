import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from '../context.ts'
import type { AppEnv } from '../http/environment.ts'
import { jsonBody } from '../http/json-body.ts'
import { tenantOf } from '../http/organisation-of.ts'
import { requireScope } from '../http/require-scope.ts'
import {
  jsonContent,
  jsonRequest,
  organisationQuery,
  pageOf,
  pageQuery,
  problems,
  securedBy,
} from '../http/responses.ts'
import { createRouter } from '../http/router.ts'
import type { SubscriptionDirectory } from '../subscriptions/index.ts'
import { cancelReplay, pauseReplay, resumeReplay } from './change-replay.ts'
import { createReplay, dryRunReplay } from './create-replay.ts'
import { getReplay, listReplays } from './read-replays.ts'
import {
  replayDetailSchema,
  replayDryRunSchema,
  replayInputSchema,
  replaySchema,
  replayStatusSchema,
} from './schemas.ts'

const tags = ['Replays']
const one = jsonContent(replayDetailSchema, 'The replay')

const postRoute = createRoute({
  operationId: 'createReplay',
  method: 'post',
  path: '/v1/replays',
  tags,
  summary: 'Deliver again: a selection, or what matches a filter',
  description:
    'Runs as a job, oldest first; it survives restarts. What waits already is not sent twice. With `dryRun=true` ' +
    'nothing is done and the counts are answered.',
  security: securedBy('deliveries:replay'),
  middleware: [requireScope('deliveries:replay'), jsonBody()],
  request: {
    query: z.strictObject({ dryRun: z.enum(['true', 'false']).optional() }),
    body: jsonRequest(replayInputSchema),
  },
  responses: {
    200: jsonContent(replayDryRunSchema, 'What it would do'),
    202: jsonContent(replayDetailSchema, 'It runs'),
    ...problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
  },
})

const listRoute = createRoute({
  operationId: 'listReplays',
  method: 'get',
  path: '/v1/replays',
  tags,
  summary: 'List replays, newest first',
  security: securedBy('deliveries:read'),
  middleware: [requireScope('deliveries:read')],
  request: {
    query: pageQuery
      .extend(organisationQuery.shape)
      .extend({ status: replayStatusSchema.optional() }),
  },
  responses: {
    200: jsonContent(pageOf('ReplayPage', replaySchema), 'A page'),
    ...problems(400, 401, 403, 404, 422, 503),
  },
})

const getRoute = createRoute({
  operationId: 'getReplay',
  method: 'get',
  path: '/v1/replays/{id}',
  tags,
  summary: 'Get a replay and what became of its deliveries',
  security: securedBy('deliveries:read'),
  middleware: [requireScope('deliveries:read')],
  request: { params: z.object({ id: z.string() }), query: organisationQuery },
  responses: { 200: one, ...problems(401, 403, 404, 422, 503) },
})

/** What the operations that change a replay share. */
const change = {
  method: 'post' as const,
  tags,
  security: securedBy('deliveries:replay'),
  middleware: [requireScope('deliveries:replay')],
  request: { params: z.object({ id: z.string() }), query: organisationQuery },
  responses: { 200: one, ...problems(401, 403, 404, 409, 422, 503) },
}

const pauseRoute = createRoute({
  ...change,
  operationId: 'pauseReplay',
  path: '/v1/replays/{id}/pause',
  summary: 'Queue nothing more until it is resumed; what is queued is still sent',
})

const resumeRoute = createRoute({
  ...change,
  operationId: 'resumeReplay',
  path: '/v1/replays/{id}/resume',
  summary: 'Go on where it was paused',
})

const cancelRoute = createRoute({
  ...change,
  operationId: 'cancelReplay',
  path: '/v1/replays/{id}/cancel',
  summary: 'End it; what was not yet attempted goes back to what it was',
})

export function replayRoutes(ctx: Context, directory: SubscriptionDirectory): OpenAPIHono<AppEnv> {
  const router = createRouter()
  router.openapi(postRoute, async (c) => {
    const { actor, caller: by } = c.var
    const input = c.req.valid('json')
    const request = { by, tenant: tenantOf(actor, input.organisationId), input }
    return c.req.valid('query').dryRun === 'true'
      ? c.json(await dryRunReplay(ctx, directory, request), 200)
      : c.json(await createReplay(ctx, directory, request), 202)
  })
  router.openapi(listRoute, async (c) => {
    const { organisationId, ...query } = c.req.valid('query')
    return c.json(await listReplays(ctx, tenantOf(c.var.actor, organisationId), query), 200)
  })
  router.openapi(getRoute, async (c) => {
    const tenant = tenantOf(c.var.actor, c.req.valid('query').organisationId)
    return c.json(await getReplay(ctx, tenant, c.req.valid('param').id), 200)
  })
  for (const [route, verb] of [
    [pauseRoute, pauseReplay],
    [resumeRoute, resumeReplay],
    [cancelRoute, cancelReplay],
  ] as const) {
    router.openapi(route, async (c) => {
      const tenant = tenantOf(c.var.actor, c.req.valid('query').organisationId)
      return c.json(await verb(ctx, c.var.caller, tenant, c.req.valid('param').id), 200)
    })
  }
  return router
}
