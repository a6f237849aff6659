import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from '../context.ts'
import type { AppEnv } from '../http/environment.ts'
import { requirePlatform } from '../http/organisation-of.ts'
import { requireScope } from '../http/require-scope.ts'
import { jsonContent, problems, securedBy } from '../http/responses.ts'
import { createRouter } from '../http/router.ts'
import { remember } from '../kernel/remember.ts'
import { version } from '../kernel/version.ts'
import { checkHealth } from './check-health.ts'
import { readSystem, type SystemParts } from './read-system.ts'
import { livenessSchema, type ReadinessCheck, readinessSchema, systemSchema } from './schemas.ts'

/** Many may ask, so the database is not asked each time. */
const rememberedForMs = 1000

const tags = ['Operations']

const livenessRoute = createRoute({
  operationId: 'getLiveness',
  method: 'get',
  path: '/healthz',
  tags,
  summary: 'Does the process live',
  security: [],
  responses: { 200: jsonContent(livenessSchema, 'It does') },
})

const readinessRoute = createRoute({
  operationId: 'getReadiness',
  method: 'get',
  path: '/readyz',
  tags,
  summary: 'Can it serve',
  security: [],
  responses: {
    200: jsonContent(readinessSchema, 'It can, perhaps with something to look after'),
    503: jsonContent(readinessSchema, 'It cannot'),
  },
})

const systemRoute = createRoute({
  operationId: 'getSystem',
  method: 'get',
  path: '/v1/system',
  tags,
  summary: 'How Posthorn runs',
  description:
    'Dispatchers, queue, storage, database and settings, a second old at most. What rests, and the process, are those ' +
    'of the process that answers. Platform credentials only.',
  security: securedBy('admin'),
  middleware: [requireScope('admin')],
  responses: {
    200: jsonContent(systemSchema, 'All of it'),
    ...problems(401, 403, 503),
  },
})

/** `readiness` adds the checks that only the composition can make, such as the database roles. */
export function operationsRoutes(
  ctx: Context,
  readiness: () => Promise<ReadinessCheck[]>,
): OpenAPIHono<AppEnv> {
  const router = createRouter()
  const readHealth = remember(ctx.clock, rememberedForMs, () => checkHealth(ctx, readiness))
  router.openapi(livenessRoute, (c) => c.json({ status: 'ok' as const, version }, 200))
  router.openapi(readinessRoute, async (c) => {
    const health = await readHealth()
    return c.json(health, health.status === 'failed' ? 503 : 200)
  })
  return router
}

export function systemRoutes(parts: SystemParts): OpenAPIHono<AppEnv> {
  const router = createRouter()
  const read = remember(parts.ctx.clock, rememberedForMs, () => readSystem(parts))
  router.openapi(systemRoute, async (c) => {
    requirePlatform(c.var.actor)
    return c.json(await read(), 200)
  })
  return router
}
