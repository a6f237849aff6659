import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from '../context.ts'
import type { AppEnv } from '../http/environment.ts'
import { jsonBody } from '../http/json-body.ts'
import { organisationOf, requirePlatform } from '../http/organisation-of.ts'
import { requireScope } from '../http/require-scope.ts'
import {
  jsonContent,
  jsonRequest,
  pageOf,
  pageQuery,
  problems,
  securedBy,
} from '../http/responses.ts'
import { createRouter } from '../http/router.ts'
import { getOrganisation } from './get-organisation.ts'
import { listOrganisations } from './list-organisations.ts'
import { putOrganisation } from './put-organisation.ts'
import { organisationIdSchema, organisationInputSchema, organisationSchema } from './schemas.ts'

const tags = ['Organisations']

const listOrganisationsRoute = createRoute({
  operationId: 'listOrganisations',
  method: 'get',
  path: '/v1/organisations',
  tags,
  summary: 'List organisations',
  description:
    'Those that an API key or a subscription ever named, newest first. Platform credentials only.',
  security: securedBy('admin'),
  middleware: [requireScope('admin')],
  request: {
    query: pageQuery.extend({
      q: z.string().trim().min(1).max(200).optional().meta({
        description: 'Part of the name, in any case, or the beginning of the id',
        example: 'acme',
      }),
    }),
  },
  responses: {
    200: jsonContent(pageOf('OrganisationPage', organisationSchema), 'A page of organisations'),
    ...problems(400, 401, 403, 422, 503),
  },
})

const getOrganisationRoute = createRoute({
  operationId: 'getOrganisation',
  method: 'get',
  path: '/v1/organisations/{id}',
  tags,
  summary: 'Get an organisation',
  description: 'A credential of an organisation can get its own.',
  security: securedBy('admin'),
  middleware: [requireScope('admin')],
  request: { params: z.strictObject({ id: organisationIdSchema }) },
  responses: {
    200: jsonContent(organisationSchema, 'The organisation'),
    ...problems(401, 403, 404, 422, 503),
  },
})

const putOrganisationRoute = createRoute({
  operationId: 'putOrganisation',
  method: 'put',
  path: '/v1/organisations/{id}',
  tags,
  summary: 'Name an organisation, and give it quotas',
  description:
    'Creates it when it is not known yet. A credential of an organisation can name its own; quotas are for platform credentials.',
  security: securedBy('admin'),
  middleware: [requireScope('admin'), jsonBody()],
  request: {
    params: z.strictObject({ id: organisationIdSchema }),
    body: jsonRequest(organisationInputSchema),
  },
  responses: {
    200: jsonContent(organisationSchema, 'The organisation'),
    ...problems(400, 401, 403, 404, 413, 415, 422, 503),
  },
})

export function organisationRoutes(ctx: Context): OpenAPIHono<AppEnv> {
  const router = createRouter()
  router.openapi(listOrganisationsRoute, async (c) => {
    requirePlatform(c.var.actor)
    return c.json(await listOrganisations(ctx, c.req.valid('query')), 200)
  })
  router.openapi(getOrganisationRoute, async (c) => {
    const id = organisationOf(c.var.actor, c.req.valid('param').id)
    return c.json(await getOrganisation(ctx, id), 200)
  })
  router.openapi(putOrganisationRoute, async (c) => {
    const id = organisationOf(c.var.actor, c.req.valid('param').id)
    return c.json(await putOrganisation(ctx, c.var.caller, id, c.req.valid('json')), 200)
  })
  return router
}
