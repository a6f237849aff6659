import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from '../context.ts'
import type { AppEnv } from '../http/environment.ts'
import { jsonContent, problems } from '../http/responses.ts'
import { createRouter } from '../http/router.ts'
import { remember } from '../kernel/remember.ts'
import type { SubscriptionDirectory } from './directory.ts'
import { publicKeys } from './public-keys.ts'
import { jwksQuery, jwksSchema } from './secret-schemas.ts'

/** A key that is new in another process may be missing for so long; the one before signs, too, meanwhile. */
const rememberedForMs = 1000

const jwksRoute = createRoute({
  operationId: 'getJwks',
  method: 'get',
  path: '/.well-known/jwks.json',
  tags: ['Subscriptions'],
  summary: 'Public keys that verify what is signed with ed25519',
  description:
    'RFC 7517; asks for no credential. The current key of a subscription, and those before it that still sign. No keys for ' +
    'one that signs with a secret, was deleted or never was.',
  security: [],
  request: { query: jwksQuery },
  responses: { 200: jsonContent(jwksSchema, 'The keys'), ...problems(422, 503) },
})

/** Answered from memory: whoever asks, and however often, costs the database one query a second. */
export function jwksRoutes(ctx: Context, directory: SubscriptionDirectory): OpenAPIHono<AppEnv> {
  const router = createRouter()
  const refresh = remember(ctx.clock, rememberedForMs, () => directory.refresh())
  router.openapi(jwksRoute, async (c) => {
    const { subscriptionId } = c.req.valid('query')
    await refresh()
    c.header('access-control-allow-origin', '*')
    c.header('cache-control', 'public, max-age=300')
    c.header('x-content-type-options', 'nosniff')
    return c.json({ keys: publicKeys(directory, ctx.clock.now(), subscriptionId) }, 200)
  })
  return router
}
