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
import { createApiKey } from './create-api-key.ts'
import { listApiKeys } from './list-api-keys.ts'
import { portalTokenRoutes } from './portal-token-routes.ts'
import { readSession } from './read-session.ts'
import { revokeApiKey } from './revoke-api-key.ts'
import { rotateApiKey } from './rotate-api-key.ts'
import {
  apiKeyInputSchema,
  apiKeySchema,
  apiKeyWithSecretSchema,
  rotationSchema,
  sessionSchema,
} from './schemas.ts'

const tags = ['Access']

const createApiKeyRoute = createRoute({
  operationId: 'createApiKey',
  method: 'post',
  path: '/v1/api-keys',
  tags,
  summary: 'Create an API key',
  description: 'The key itself is in this answer and nowhere else.',
  security: securedBy('admin'),
  middleware: [requireScope('admin'), jsonBody()],
  request: { body: jsonRequest(apiKeyInputSchema) },
  responses: {
    201: jsonContent(apiKeyWithSecretSchema, 'The key, shown once'),
    ...problems(400, 401, 403, 404, 413, 415, 422, 503),
  },
})

const listApiKeysRoute = createRoute({
  operationId: 'listApiKeys',
  method: 'get',
  path: '/v1/api-keys',
  tags,
  summary: 'List API keys',
  description:
    'Newest first, revoked ones among them. A platform credential sees those of all organisations.',
  security: securedBy('admin'),
  middleware: [requireScope('admin')],
  request: { query: pageQuery.extend(organisationQuery.shape) },
  responses: {
    200: jsonContent(pageOf('ApiKeyPage', apiKeySchema), 'A page of keys'),
    ...problems(400, 401, 403, 404, 422, 503),
  },
})

const revokeApiKeyRoute = createRoute({
  operationId: 'revokeApiKey',
  method: 'delete',
  path: '/v1/api-keys/{id}',
  tags,
  summary: 'Revoke an API key',
  description: 'Holds within two seconds, for good.',
  security: securedBy('admin'),
  middleware: [requireScope('admin')],
  request: { params: z.strictObject({ id: z.uuid() }) },
  responses: { 204: { description: 'Revoked' }, ...problems(401, 403, 404, 422, 503) },
})

const rotateApiKeyRoute = createRoute({
  operationId: 'rotateApiKey',
  method: 'post',
  path: '/v1/api-keys/{id}/rotate',
  tags,
  summary: 'Give an API key a new secret',
  description:
    'The key is in this answer and nowhere else. As it was before, it stays good for `overlapSeconds`, a day if nothing ' +
    'is said; how it was before that ends at once.',
  security: securedBy('admin'),
  middleware: [requireScope('admin'), jsonBody({ optional: true })],
  request: {
    params: z.strictObject({ id: z.uuid() }),
    body: jsonRequest(rotationSchema, { optional: true }),
  },
  responses: {
    200: jsonContent(apiKeyWithSecretSchema, 'The key with its new secret, shown once'),
    ...problems(400, 401, 403, 404, 409, 413, 415, 422),
  },
})

const getSessionRoute = createRoute({
  operationId: 'getSession',
  method: 'get',
  path: '/v1/session',
  tags,
  summary: 'Who am I',
  security: securedBy(),
  responses: {
    200: jsonContent(sessionSchema, 'The credentials of this request'),
    ...problems(401, 403, 503),
  },
})

export function accessRoutes(ctx: Context): OpenAPIHono<AppEnv> {
  const router = createRouter()
  router.openapi(createApiKeyRoute, async (c) => {
    return c.json(await createApiKey(ctx, c.var.caller, c.req.valid('json')), 201)
  })
  router.openapi(listApiKeysRoute, async (c) => {
    const { organisationId, ...query } = c.req.valid('query')
    return c.json(await listApiKeys(ctx, tenantOf(c.var.actor, organisationId), query), 200)
  })
  router.openapi(revokeApiKeyRoute, async (c) => {
    const { caller, actor } = c.var
    await revokeApiKey(ctx, caller, tenantOf(actor), c.req.valid('param').id)
    return c.body(null, 204)
  })
  router.openapi(rotateApiKeyRoute, async (c) => {
    const { caller, actor } = c.var
    const { id } = c.req.valid('param')
    return c.json(await rotateApiKey(ctx, caller, tenantOf(actor), id, c.req.valid('json')), 200)
  })
  router.openapi(getSessionRoute, async (c) => c.json(await readSession(ctx, c.var.actor), 200))
  router.route('/', portalTokenRoutes(ctx))
  return router
}
