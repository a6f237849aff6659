import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { isActorValid } from '../access/index.ts'
import type { Context } from '../context.ts'
import type { AppEnv } from '../http/environment.ts'
import { tenantOf } from '../http/organisation-of.ts'
import { requireScope } from '../http/require-scope.ts'
import { organisationQuery, problems, securedBy } from '../http/responses.ts'
import { createRouter } from '../http/router.ts'
import type { LiveTail } from './live-tail.ts'
import { openStream } from './open-stream.ts'
import {
  streamedAttemptSchema,
  streamGapSchema,
  streamHeaders,
  streamQuery,
  streamReadySchema,
} from './schemas.ts'

const streamRoute = createRoute({
  operationId: 'streamAttempts',
  method: 'get',
  path: '/v1/stream',
  tags: ['Deliveries'],
  summary: 'Attempts as they are recorded',
  description: [
    'Server-sent events, without an end. The filter is that of the list of deliveries; `status` is that after the attempt.',
    '`ready` comes first: from here on everything is told. `attempt` is one HTTP request of a delivery.',
    '`gap` says that some may be missing: read the list again. A comment comes at least every 15 seconds.',
    'Come back with `Last-Event-ID`: the newest 10,000 attempts are kept while somebody listens and a minute longer.',
    'The stream ends when the credential is revoked or expires.',
    'A platform credential that names no organisation hears all of them.',
  ].join('\n'),
  security: securedBy('deliveries:read'),
  middleware: [requireScope('deliveries:read')],
  request: { query: organisationQuery.extend(streamQuery.shape), headers: streamHeaders },
  responses: {
    200: {
      description: 'The stream. What is described is the `data` of its events',
      content: {
        'text/event-stream': {
          schema: z.union([streamedAttemptSchema, streamGapSchema, streamReadySchema]),
        },
      },
    },
    ...problems(401, 403, 404, 422, 429, 503),
  },
})

/** `no-transform` and `x-accel-buffering` keep proxies from collecting events before they pass them on. */
const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
}

export function streamRoutes(ctx: Context, tail: LiveTail): OpenAPIHono<AppEnv> {
  const router = createRouter()
  router.openapi(streamRoute, (c) => {
    const { organisationId, lastEventId, ...filter } = c.req.valid('query')
    const { actor } = c.var
    // Nobody would ever read it.
    if (c.req.raw.method === 'HEAD') return c.body(null, 200, headers)
    const stream = openStream(tail, {
      clock: ctx.clock,
      credentialId: `${actor.kind}:${actor.id}`,
      tenant: tenantOf(actor, organisationId),
      filter,
      lastEventId: c.req.valid('header')['last-event-id'] ?? lastEventId,
      isAllowed: () => isActorValid(ctx, actor),
      signal: c.req.raw.signal,
    })
    return c.body(stream, 200, headers)
  })
  return router
}
