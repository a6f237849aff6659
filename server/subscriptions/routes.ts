import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from '../context.ts'
import type { AppEnv } from '../http/environment.ts'
import { jsonBody } from '../http/json-body.ts'
import { ownerOf, scopeOf } from '../http/organisation-of.ts'
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
import type { Scope } from '../kernel/actor.ts'
import {
  deleteSubscription,
  patchSubscription,
  pauseSubscription,
  resumeSubscription,
} from './change-subscription.ts'
import { createSubscription } from './create-subscription.ts'
import type { SubscriptionDirectory } from './directory.ts'
import { putSubscription } from './put-subscription.ts'
import { getSubscription, listSubscriptions } from './read-subscriptions.ts'
import {
  etagHeaders,
  ifMatchHeaders,
  type Subscription,
  subscriptionInputSchema,
  subscriptionPatchSchema,
  subscriptionQuery,
  subscriptionSchema,
  subscriptionWithSecretSchema,
} from './schemas.ts'
import { rotatedSecretSchema, rotationSchema, secretSchema } from './secret-schemas.ts'
import { getSecret, rotateSecret } from './subscription-secret.ts'

const tags = ['Subscriptions']
const params = z.object({
  id: z.string().meta({ description: 'Its id, or `uid:` and your own', example: 'uid:crm-sync' }),
})

/** What all operations on one subscription share. */
function onOne(scope: Scope) {
  return {
    tags,
    security: securedBy(scope),
    middleware: [requireScope(scope)],
    request: { params, query: organisationQuery },
    responses: problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
  }
}

const write = [requireScope('subscriptions:write')]
const read = [requireScope('subscriptions:read')]

const createSubscriptionRoute = createRoute({
  operationId: 'createSubscription',
  method: 'post',
  path: '/v1/subscriptions',
  tags,
  summary: 'Register a subscription',
  security: securedBy('subscriptions:write'),
  middleware: [...write, jsonBody()],
  request: { body: jsonRequest(subscriptionInputSchema) },
  responses: {
    201: jsonContent(subscriptionWithSecretSchema, 'Registered; the secret is shown here once'),
    ...problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
  },
})

const listRoute = createRoute({
  operationId: 'listSubscriptions',
  method: 'get',
  path: '/v1/subscriptions',
  tags,
  summary: 'List subscriptions, newest first',
  security: securedBy('subscriptions:read'),
  middleware: read,
  request: {
    query: pageQuery.extend(organisationQuery.shape).extend(subscriptionQuery),
  },
  responses: {
    200: jsonContent(pageOf('SubscriptionPage', subscriptionSchema), 'A page'),
    ...problems(400, 401, 403, 404, 422, 503),
  },
})

const shared = onOne('subscriptions:read')
const sharedWrite = onOne('subscriptions:write')
const one = { ...jsonContent(subscriptionSchema, 'The subscription'), headers: etagHeaders }

const getRoute = createRoute({
  ...shared,
  operationId: 'getSubscription',
  method: 'get',
  path: '/v1/subscriptions/{id}',
  summary: 'Get a subscription',
  responses: { ...shared.responses, 200: one },
})

const patchRoute = createRoute({
  ...sharedWrite,
  operationId: 'updateSubscription',
  method: 'patch',
  path: '/v1/subscriptions/{id}',
  summary: 'Change the settings that are given; null clears one',
  middleware: [...write, jsonBody()],
  request: {
    ...sharedWrite.request,
    headers: ifMatchHeaders,
    body: jsonRequest(subscriptionPatchSchema),
  },
  responses: { ...sharedWrite.responses, ...problems(412), 200: one },
})

const putRoute = createRoute({
  ...sharedWrite,
  operationId: 'putSubscription',
  method: 'put',
  path: '/v1/subscriptions/{id}',
  summary: 'Replace a subscription; by `uid:…` also create or revive it',
  middleware: [...write, jsonBody()],
  request: { ...sharedWrite.request, body: jsonRequest(subscriptionInputSchema) },
  responses: {
    ...sharedWrite.responses,
    200: jsonContent(subscriptionWithSecretSchema, 'Replaced or revived'),
    201: jsonContent(subscriptionWithSecretSchema, 'Created'),
  },
})

const deleteRoute = createRoute({
  ...sharedWrite,
  operationId: 'deleteSubscription',
  method: 'delete',
  path: '/v1/subscriptions/{id}',
  summary: 'Delete a subscription; for 30 days a PUT with its uid revives it',
  responses: { ...sharedWrite.responses, 204: { description: 'Deleted' } },
})

const pauseRoute = createRoute({
  ...sharedWrite,
  operationId: 'pauseSubscription',
  method: 'post',
  path: '/v1/subscriptions/{id}/pause',
  summary: 'Hold its deliveries until it is resumed',
  responses: { ...sharedWrite.responses, 200: one },
})

const resumeRoute = createRoute({
  ...sharedWrite,
  operationId: 'resumeSubscription',
  method: 'post',
  path: '/v1/subscriptions/{id}/resume',
  summary: 'Make it active again, whether paused or disabled',
  responses: { ...sharedWrite.responses, 200: one },
})

const rotateRoute = createRoute({
  ...sharedWrite,
  operationId: 'rotateSubscriptionSecret',
  method: 'post',
  path: '/v1/subscriptions/{id}/rotate-secret',
  summary: 'Make a new secret; the ones before sign on for 24 hours, or as long as is said',
  middleware: [...write, jsonBody({ optional: true })],
  request: { ...sharedWrite.request, body: jsonRequest(rotationSchema, { optional: true }) },
  responses: { ...sharedWrite.responses, 200: jsonContent(rotatedSecretSchema, 'The secrets') },
})

const secretRoute = createRoute({
  ...sharedWrite,
  operationId: 'getSubscriptionSecret',
  method: 'get',
  path: '/v1/subscriptions/{id}/secret',
  summary: 'Read the secret',
  responses: { ...sharedWrite.responses, 200: jsonContent(secretSchema, 'The secrets') },
})

/** What is answered with one. */
function tagged(subscription: Subscription): [Subscription, 200, { etag: string }] {
  return [subscription, 200, { etag: `"${subscription.revision}"` }]
}

export function subscriptionRoutes(
  ctx: Context,
  directory: SubscriptionDirectory,
): OpenAPIHono<AppEnv> {
  const router = createRouter()
  /** Answers when this process knows of the change: an event posted after the answer is matched against it. */
  const changed = async <T>(change: Promise<T>): Promise<T> => {
    const result = await change
    await directory.refresh()
    ctx.signals.emit('subscriptions')
    return result
  }
  router.openapi(createSubscriptionRoute, async (c) => {
    const input = c.req.valid('json')
    const owner = ownerOf(c.var.actor, input.organisationId)
    return c.json(await changed(createSubscription(ctx, c.var.caller, owner, input)), 201)
  })
  router.openapi(listRoute, async (c) => {
    const { organisationId, ...query } = c.req.valid('query')
    return c.json(await listSubscriptions(ctx, scopeOf(c.var.actor, organisationId), query), 200)
  })
  router.openapi(getRoute, async (c) => {
    const scope = scopeOf(c.var.actor, c.req.valid('query').organisationId)
    return c.json(...tagged(await getSubscription(ctx, scope, c.req.valid('param').id)))
  })
  router.openapi(patchRoute, async (c) => {
    const scope = scopeOf(c.var.actor, c.req.valid('query').organisationId)
    const { id } = c.req.valid('param')
    const ifMatch = c.req.valid('header')['if-match']
    const patch = c.req.valid('json')
    const patching = patchSubscription(ctx, c.var.caller, scope, id, patch, ifMatch)
    return c.json(...tagged(await changed(patching)))
  })
  router.openapi(putRoute, async (c) => {
    const input = c.req.valid('json')
    const named = input.organisationId ?? c.req.valid('query').organisationId
    const owner = ownerOf(c.var.actor, named ?? input.organisationId)
    const putting = putSubscription(ctx, c.var.caller, owner, c.req.valid('param').id, input)
    const result = await changed(putting)
    return c.json(result.subscription, result.created ? 201 : 200)
  })
  router.openapi(deleteRoute, async (c) => {
    const scope = scopeOf(c.var.actor, c.req.valid('query').organisationId)
    await changed(deleteSubscription(ctx, c.var.caller, scope, c.req.valid('param').id))
    return c.body(null, 204)
  })
  router.openapi(pauseRoute, async (c) => {
    const scope = scopeOf(c.var.actor, c.req.valid('query').organisationId)
    const pausing = pauseSubscription(ctx, c.var.caller, scope, c.req.valid('param').id)
    return c.json(...tagged(await changed(pausing)))
  })
  router.openapi(resumeRoute, async (c) => {
    const scope = scopeOf(c.var.actor, c.req.valid('query').organisationId)
    const resuming = resumeSubscription(ctx, c.var.caller, scope, c.req.valid('param').id)
    return c.json(...tagged(await changed(resuming)))
  })
  router.openapi(rotateRoute, async (c) => {
    const scope = scopeOf(c.var.actor, c.req.valid('query').organisationId)
    const { overlapSeconds } = c.req.valid('json')
    const { id } = c.req.valid('param')
    const rotating = rotateSecret(ctx, c.var.caller, scope, id, overlapSeconds)
    return c.json(await changed(rotating), 200)
  })
  router.openapi(secretRoute, async (c) => {
    const scope = scopeOf(c.var.actor, c.req.valid('query').organisationId)
    return c.json(await getSecret(ctx, c.var.caller, scope, c.req.valid('param').id), 200)
  })
  return router
}
