import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { acceptedEventSchema, eventInputSchema } from '../events/index.ts'
import type { AppEnv } from '../http/environment.ts'
import { jsonBody } from '../http/json-body.ts'
import { organisationOf, ownerOf, scopeOf } from '../http/organisation-of.ts'
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
import { createUrlCheck } from '../subscriptions/index.ts'
import { claimedEventId } from './claimed-event-id.ts'
import { listMatches } from './list-matches.ts'
import { postBatch } from './post-batch.ts'
import { type Poster, postEvent } from './post-events.ts'
import { previewSubscription } from './preview-subscription.ts'
import type { DeliverySink } from './queued-delivery.ts'
import {
  batchResponseSchema,
  eventBatchSchema,
  eventMatchSchema,
  previewRequestSchema,
  previewSchema,
  testRequestSchema,
  testResponseSchema,
  urlCheckRequestSchema,
  urlCheckSchema,
} from './schemas.ts'
import { sendTestEvent } from './send-test-event.ts'

const batchBytesMax = 16 * 1024 * 1024

const postRoute = createRoute({
  operationId: 'postEvent',
  method: 'post',
  path: '/v1/events',
  tags: ['Events'],
  summary: 'Post an event',
  description:
    'Answers when the event is durable. With an id of your own, posting it again is safe.',
  security: securedBy('events:write'),
  middleware: [requireScope('events:write'), jsonBody()],
  request: { body: jsonRequest(eventInputSchema) },
  responses: {
    200: jsonContent(acceptedEventSchema, 'The same event was there already'),
    202: jsonContent(acceptedEventSchema, 'Durable; its deliveries follow'),
    ...problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
  },
})

const batchRoute = createRoute({
  operationId: 'postEventBatch',
  method: 'post',
  path: '/v1/events/batch',
  tags: ['Events'],
  summary: 'Post up to 1,000 events',
  description: 'Each item is taken or rejected on its own; the answer says which, in order.',
  security: securedBy('events:write'),
  middleware: [requireScope('events:write'), jsonBody({ limitBytes: batchBytesMax })],
  request: { body: jsonRequest(eventBatchSchema) },
  responses: {
    200: jsonContent(batchResponseSchema, 'What became of each item'),
    ...problems(400, 401, 403, 404, 413, 415, 422, 503),
  },
})

const testRoute = createRoute({
  operationId: 'testSubscription',
  method: 'post',
  path: '/v1/subscriptions/{id}/test',
  tags: ['Subscriptions'],
  summary: 'Send it an example from the catalogue',
  security: securedBy('subscriptions:write'),
  middleware: [requireScope('subscriptions:write'), jsonBody({ optional: true })],
  request: {
    params: z.object({ id: z.string() }),
    query: organisationQuery,
    body: jsonRequest(testRequestSchema, { optional: true }),
  },
  responses: {
    202: jsonContent(testResponseSchema, 'It is on its way; follow the delivery'),
    ...problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
  },
})

const previewRoute = createRoute({
  operationId: 'previewSubscription',
  method: 'post',
  path: '/v1/subscriptions/preview',
  tags: ['Subscriptions'],
  summary: 'Say what a subscription with these settings would hear of',
  description:
    'Nothing is stored. Tries the settings on the catalogue and on events of the last 24 hours.',
  security: securedBy('subscriptions:write'),
  middleware: [requireScope('subscriptions:write'), jsonBody()],
  request: { body: jsonRequest(previewRequestSchema) },
  responses: {
    200: jsonContent(previewSchema, 'What it would hear of'),
    ...problems(400, 401, 403, 404, 413, 415, 422, 503),
  },
})

const checkUrlRoute = createRoute({
  operationId: 'checkUrl',
  method: 'post',
  path: '/v1/subscriptions/check-url',
  tags: ['Subscriptions'],
  summary: 'Say whether deliveries may go to a URL',
  description: 'Looks up the host name and judges where it leads. No connection is made.',
  security: securedBy('subscriptions:write'),
  middleware: [requireScope('subscriptions:write'), jsonBody()],
  request: { body: jsonRequest(urlCheckRequestSchema) },
  responses: {
    200: jsonContent(urlCheckSchema, 'Whether, and why not'),
    ...problems(400, 401, 403, 413, 415, 422, 429, 503),
  },
})

const matchesRoute = createRoute({
  operationId: 'listEventMatches',
  method: 'get',
  path: '/v1/events/{id}/matches',
  tags: ['Events'],
  summary: 'Explain which subscriptions hear of an event, and why the others do not',
  description:
    "Compares the event with the settings of now. The platform's own subscriptions are shown to platform credentials only.",
  security: securedBy('events:read', 'subscriptions:read'),
  middleware: [requireScope('events:read'), requireScope('subscriptions:read')],
  request: {
    params: z.object({ id: z.string() }),
    query: pageQuery.extend(organisationQuery.shape),
  },
  responses: {
    200: jsonContent(pageOf('EventMatchPage', eventMatchSchema), 'Subscriptions, newest first'),
    ...problems(400, 401, 403, 404, 422, 503),
  },
})

export function publishingRoutes(
  poster: Poster,
  sink: () => DeliverySink | undefined,
): OpenAPIHono<AppEnv> {
  const router = createRouter()
  const checkUrl = createUrlCheck(poster.ctx)
  router.openapi(postRoute, async (c) => {
    const { id = claimedEventId(c.var.caller.claim, 0), ...given } = c.req.valid('json')
    const input = { ...given, id }
    const organisationId = organisationOf(c.var.actor, input.organisationId)
    const exactData = (c.var.body.exact as { data: unknown }).data
    const posted = await postEvent(poster, { input, organisationId, exactData })
    return c.json(posted, posted.duplicate ? 200 : 202)
  })
  router.openapi(batchRoute, async (c) => {
    const { events, organisationId } = c.req.valid('json')
    // One was spent for the request.
    await c.var.spendMore?.(events.length - 1)
    const results = await postBatch(poster, {
      items: events,
      exactItems: (c.var.body.exact as { events: unknown[] }).events,
      organisationOf: (requested) => organisationOf(c.var.actor, requested ?? organisationId),
      requestId: c.var.requestId,
      claim: c.var.caller.claim,
    })
    return c.json({ results }, 200)
  })
  router.openapi(testRoute, async (c) => {
    const scope = scopeOf(c.var.actor, c.req.valid('query').organisationId)
    const request = c.req.valid('json')
    return c.json(
      await sendTestEvent(
        poster.ctx,
        c.var.caller,
        sink(),
        scope,
        c.req.valid('param').id,
        request,
      ),
      202,
    )
  })
  router.openapi(previewRoute, async (c) => {
    const request = c.req.valid('json')
    const owner = ownerOf(c.var.actor, request.organisationId)
    return c.json(await previewSubscription(poster.ctx, owner, request), 200)
  })
  router.openapi(checkUrlRoute, async (c) => c.json(await checkUrl(c.req.valid('json').url), 200))
  router.openapi(matchesRoute, async (c) => {
    const { organisationId: named, ...page } = c.req.valid('query')
    const viewer = {
      organisationId: organisationOf(c.var.actor, named),
      platform: c.var.actor.organisationId === null,
    }
    return c.json(await listMatches(poster.ctx, viewer, c.req.valid('param').id, page), 200)
  })
  return router
}
