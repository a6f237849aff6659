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
import { createPortalToken } from './create-portal-token.ts'
import { listPortalTokens } from './list-portal-tokens.ts'
import {
  portalTokenFilter,
  portalTokenInputSchema,
  portalTokenSchema,
  portalTokenWithSecretSchema,
  revokedSchema,
  subjectQuery,
} from './portal-token-schemas.ts'
import { revokePortalToken, revokePortalTokensOf } from './revoke-portal-tokens.ts'

const tags = ['Access']
const security = securedBy('admin')

const mintRoute = createRoute({
  operationId: 'createPortalToken',
  method: 'post',
  path: '/v1/portal-tokens',
  tags,
  summary: 'Create a portal token',
  description:
    'Opens the console, or lets a page use the API, for one organisation and an hour at most. The token itself is in this answer and nowhere else.',
  security,
  middleware: [requireScope('admin'), jsonBody()],
  request: { body: jsonRequest(portalTokenInputSchema) },
  responses: {
    201: jsonContent(portalTokenWithSecretSchema, 'The token, shown once'),
    ...problems(400, 401, 403, 404, 413, 415, 422, 503),
  },
})

const listRoute = createRoute({
  operationId: 'listPortalTokens',
  method: 'get',
  path: '/v1/portal-tokens',
  tags,
  summary: 'List portal tokens',
  description:
    'Newest first, revoked ones among them. A platform credential sees those of all organisations.',
  security,
  middleware: [requireScope('admin')],
  request: { query: pageQuery.extend(organisationQuery.shape).extend(portalTokenFilter.shape) },
  responses: {
    200: jsonContent(pageOf('PortalTokenPage', portalTokenSchema), 'A page of tokens'),
    ...problems(400, 401, 403, 404, 422, 503),
  },
})

const revokeRoute = createRoute({
  operationId: 'revokePortalToken',
  method: 'delete',
  path: '/v1/portal-tokens/{id}',
  tags,
  summary: 'Revoke a portal token',
  description: 'Holds within two seconds, for good.',
  security,
  middleware: [requireScope('admin')],
  request: { params: z.strictObject({ id: z.uuid() }) },
  responses: { 204: { description: 'Revoked' }, ...problems(401, 403, 404, 422, 503) },
})

const revokeAllRoute = createRoute({
  operationId: 'revokePortalTokens',
  method: 'delete',
  path: '/v1/portal-tokens',
  tags,
  summary: 'Revoke all portal tokens of a subject',
  description:
    'Holds within two seconds. A platform credential that names no organisation revokes those in all of them.',
  security,
  middleware: [requireScope('admin')],
  request: { query: organisationQuery.extend(subjectQuery.shape) },
  responses: {
    200: jsonContent(revokedSchema, 'How many were revoked'),
    ...problems(401, 403, 404, 422, 503),
  },
})

export function portalTokenRoutes(ctx: Context): OpenAPIHono<AppEnv> {
  const router = createRouter()
  router.openapi(mintRoute, async (c) => {
    return c.json(await createPortalToken(ctx, c.var.caller, c.req.valid('json')), 201)
  })
  router.openapi(listRoute, async (c) => {
    const { organisationId, ...query } = c.req.valid('query')
    return c.json(await listPortalTokens(ctx, tenantOf(c.var.actor, organisationId), query), 200)
  })
  router.openapi(revokeRoute, async (c) => {
    await revokePortalToken(ctx, c.var.caller, tenantOf(c.var.actor), c.req.valid('param').id)
    return c.body(null, 204)
  })
  router.openapi(revokeAllRoute, async (c) => {
    const { organisationId, subject } = c.req.valid('query')
    const tenant = tenantOf(c.var.actor, organisationId)
    return c.json({ revoked: await revokePortalTokensOf(ctx, c.var.caller, tenant, subject) }, 200)
  })
  return router
}
