import type { OpenAPIHono } from '@hono/zod-openapi'
import { basePath } from 'hono/route'
import { accessRoutes, authenticate } from './access/index.ts'
import { auditRoutes } from './audit/index.ts'
import { type Catalogue, eventTypeRoutes } from './catalogue/index.ts'
import type { Context } from './context.ts'
import { countByEvent, deliveryRoutes } from './deliveries/index.ts'
import type { SettlementObserver } from './dispatcher/index.ts'
import { eventRoutes } from './events/index.ts'
import { allowOrigins } from './http/allow-origins.ts'
import type { AppEnv, RequestContext } from './http/environment.ts'
import { identifyCaller } from './http/identify-caller.ts'
import { logRequests } from './http/log-requests.ts'
import { answerNotFound, handleErrors } from './http/problem.ts'
import { protectAnswers } from './http/protect-answers.ts'
import { requestId } from './http/request-id.ts'
import { securityScheme } from './http/responses.ts'
import { createRouter } from './http/router.ts'
import { serveConsole } from './http/serve-console.ts'
import { answerOnce } from './idempotency/index.ts'
import { resolveLimits } from './kernel/limit-config.ts'
import { version } from './kernel/version.ts'
import { limitRate, quotasOf } from './limits/index.ts'
import { operationsRoutes, type ReadinessCheck, systemRoutes } from './operations/index.ts'
import { organisationRoutes } from './organisations/index.ts'
import { type DeliverySink, type Intake, publishingRoutes } from './publishing/index.ts'
import { pullingRoutes } from './pulling/index.ts'
import { replayRoutes } from './replays/index.ts'
import { statsRoutes } from './stats/index.ts'
import { type LiveTail, streamRoutes } from './stream/index.ts'
import {
  jwksRoutes,
  type SubscriptionDirectory,
  subscriptionRoutes,
} from './subscriptions/index.ts'

export interface AppParts {
  ctx: Context
  catalogue: Catalogue
  directory: SubscriptionDirectory
  intake: Intake
  tail: LiveTail
  sink: () => DeliverySink | undefined
  /** Hears of attempts once they are written. */
  observe: SettlementObserver
  readiness: () => Promise<ReadinessCheck[]>
  dispatcher: Parameters<typeof systemRoutes>[0]['dispatcher']
}

/** Every route of every room behind one door. Makes no connection and starts nothing. */
export function createApp(parts: AppParts): OpenAPIHono<AppEnv> {
  const { ctx, catalogue, directory, intake, tail, sink } = parts
  const app = createRouter()
  app.use(requestId(), logRequests(ctx.log, ctx.clock))
  app.route('/', operationsRoutes(ctx, parts.readiness))
  app.route('/', jwksRoutes(ctx, directory))
  app.get('/openapi.json', (c) => c.json(documentOf(app, mountOf(c))))
  app.use('/v1/*', protectAnswers())
  const { corsOrigins } = ctx.config
  // Before authentication: a browser asks without credentials whether it may send some.
  if (corsOrigins.length > 0) app.use('/v1/*', allowOrigins(corsOrigins))
  app.use('/v1/*', authenticate(ctx))
  app.use('/v1/*', identifyCaller(ctx.config.trustProxy))
  app.use('/v1/*', limitRate(ctx.config.limits))
  app.use('/v1/*', answerOnce(ctx))
  app.route('/', auditRoutes(ctx))
  app.route('/', accessRoutes(ctx))
  app.route('/', systemRoutes(parts))
  app.route('/', organisationRoutes(ctx))
  app.route('/', eventTypeRoutes(ctx, catalogue))
  app.route('/', subscriptionRoutes(ctx, directory))
  app.route('/', publishingRoutes({ ctx, catalogue, intake, quotas: quotasOf(ctx) }, sink))
  app.route('/', eventRoutes(ctx, countByEvent))
  app.route('/', deliveryRoutes(ctx))
  app.route('/', pullingRoutes({ ...parts, closing: () => tail.closing }))
  app.route('/', statsRoutes(ctx))
  app.route('/', streamRoutes(ctx, tail))
  app.route('/', replayRoutes(ctx, directory))
  if (ctx.config.consoleDir !== false) {
    const { consoleDir: dir, frameAncestors } = ctx.config
    app.route('/', serveConsole({ dir, frameAncestors }))
  }
  app.openAPIRegistry.registerComponent(
    'securitySchemes',
    securityScheme.name,
    securityScheme.definition,
  )
  // What lies there is ours, also for a Hono host, whose own 404 would answer otherwise.
  app.all('/v1/*', (c) => answerNotFound(app, c, mountOf(c)))
  handleErrors(app, ctx.log)
  return app
}

/** What says whether a process lives and can do its work, and nothing else. */
export function createHealthApp({
  ctx,
  readiness,
}: Pick<AppParts, 'ctx' | 'readiness'>): OpenAPIHono<AppEnv> {
  const app = createRouter()
  app.use(requestId(), logRequests(ctx.log, ctx.clock))
  app.route('/', operationsRoutes(ctx, readiness))
  handleErrors(app, ctx.log)
  return app
}

/** What a host put before our paths, as far as Hono knows it. */
function mountOf(c: RequestContext): string {
  return basePath(c).replace(/\/$/, '')
}

function documentOf(app: OpenAPIHono<AppEnv>, mount = ''): object {
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Posthorn',
      version,
      description: 'Events in, signed webhooks out, every attempt seen and replayable.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: mount || '/' }],
  })
}

/** The document alone, for generation: the rooms get a context that nobody uses. */
export function openApiDocument(): object {
  const unused = {
    config: { consoleDir: false, corsOrigins: [], limits: resolveLimits({}, []) },
    log: undefined,
    clock: undefined,
  } as unknown as Context
  return documentOf(
    createApp({
      ctx: unused,
      catalogue: undefined as unknown as Catalogue,
      directory: undefined as unknown as SubscriptionDirectory,
      intake: undefined as unknown as Intake,
      tail: undefined as unknown as LiveTail,
      sink: () => undefined,
      observe: () => undefined,
      dispatcher: () => undefined,
      readiness: async () => [],
    }),
  )
}
