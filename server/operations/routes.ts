import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from '../context.ts'
import type { AppEnv } from '../http/environment.ts'
import { jsonContent } from '../http/responses.ts'
import { createRouter } from '../http/router.ts'
import { version } from '../kernel/version.ts'
import { checkHealth } from './check-health.ts'
import { livenessSchema, type Readiness, type ReadinessCheck, readinessSchema } from './schemas.ts'

/** Anybody may ask, so the database is not asked each time. */
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

/** `readiness` adds the checks that only the composition can make, such as the database roles. */
export function operationsRoutes(
  ctx: Context,
  readiness: () => Promise<ReadinessCheck[]>,
): OpenAPIHono<AppEnv> {
  const router = createRouter()
  let last: { atMs: number; health: Promise<Readiness> } | undefined
  router.openapi(livenessRoute, (c) => c.json({ status: 'ok' as const, version }, 200))
  router.openapi(readinessRoute, async (c) => {
    const nowMs = ctx.clock.monotonicMs()
    if (last === undefined || nowMs - last.atMs >= rememberedForMs) {
      last = { atMs: nowMs, health: checkHealth(ctx, readiness) }
    }
    const health = await last.health
    return c.json(health, health.status === 'failed' ? 503 : 200)
  })
  return router
}
