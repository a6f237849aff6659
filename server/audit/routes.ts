import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from '../context.ts'
import type { AppEnv } from '../http/environment.ts'
import { tenantOf } from '../http/organisation-of.ts'
import { requireScope } from '../http/require-scope.ts'
import {
  jsonContent,
  organisationQuery,
  pageQuery,
  problems,
  securedBy,
} from '../http/responses.ts'
import { createRouter } from '../http/router.ts'
import { listEntries } from './list-entries.ts'
import { auditFilter, auditPageSchema } from './schemas.ts'

const listRoute = createRoute({
  operationId: 'listAuditEntries',
  method: 'get',
  path: '/v1/audit',
  tags: ['Audit'],
  summary: 'List who changed what, newest first',
  description:
    'A platform credential that names no organisation sees the entries of all, and those of the platform. A filter ' +
    'that few entries match is searched for a part of the log per request; `searchedUntil` then says how far.',
  security: securedBy('admin'),
  middleware: [requireScope('admin')],
  request: { query: pageQuery.extend(organisationQuery.shape).extend(auditFilter) },
  responses: {
    200: jsonContent(auditPageSchema, 'A page'),
    ...problems(400, 401, 403, 404, 422, 503),
  },
})

export function auditRoutes(ctx: Context): OpenAPIHono<AppEnv> {
  const router = createRouter()
  router.openapi(listRoute, async (c) => {
    const { organisationId, ...query } = c.req.valid('query')
    return c.json(await listEntries(ctx, tenantOf(c.var.actor, organisationId), query), 200)
  })
  return router
}
