import { OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi'
import type { Handler } from 'hono'
import { commonErrors } from '../kernel/errors.ts'
import type { AppEnv } from './environment.ts'
import { fieldIssues } from './field-issues.ts'
import { withShared } from './shared-responses.ts'

type OpenApi = OpenAPIHono<AppEnv>['openapi']
type Target = 'json' | 'query' | 'param' | 'header' | 'form' | 'cookie'

/** What a hook of zod-openapi is told, as far as it is used here. */
interface Checked {
  success: boolean
  target: Target
  data?: unknown
}

/** A room's router: handlers see valid input only, everything else is a 422 that names the fields. */
export function createRouter(): OpenAPIHono<AppEnv> {
  const router = new OpenAPIHono<AppEnv>()
  const register = router.openapi
  // A default hook is not told the route, and only its schema knows which keys would have been allowed.
  router.openapi = ((route: RouteConfig, handler: Handler<AppEnv>) => {
    const { middleware: _, hide, ...documented } = route
    if (!hide) router.openAPIRegistry.registerPath(withShared(documented))
    const checked = withCheckedUrl(withCheckedBody(route))
    return register({ ...checked, hide: true }, handler, refuseInvalid(checked))
  }) as OpenApi
  return router
}

/** zod-openapi lets a missing optional body pass as `{}` without asking its schema; ours are asked, as for `{}`. */
function withCheckedBody(route: RouteConfig): RouteConfig {
  if (!route.request?.body) return route
  return {
    ...route,
    request: { ...route.request, body: { ...route.request.body, required: true } },
  }
}

/** Postgres has no text with U+0000. Of bodies `parseJson` sees to that, of URLs what is laid around their schemas here. */
function withCheckedUrl(route: RouteConfig): RouteConfig {
  const { query, params } = route.request ?? {}
  return {
    ...route,
    request: {
      ...route.request,
      ...(query && { query: withoutNul(query) }),
      ...(params && { params: withoutNul(params) }),
    },
  }
}

/** Typed as what it is laid around, for what comes out of both is the same. */
function withoutNul<Schema extends z.ZodType>(schema: Schema): Schema {
  const checked = z.preprocess((input, context) => {
    for (const [name, value] of Object.entries(input as Record<string, string | string[]>)) {
      if (![value].flat().some((text) => text.includes('\0'))) continue
      context.addIssue({ code: 'custom', path: [name], message: 'holds U+0000' })
    }
    return input
  }, schema)
  return checked as unknown as Schema
}

function refuseInvalid(route: RouteConfig) {
  return (result: Checked): Promise<never> | undefined =>
    result.success ? undefined : refuse(schemaOf(route, result.target), result.data)
}

async function refuse(schema: z.ZodType | undefined, input: unknown): Promise<never> {
  throw commonErrors.validation_failed({ issues: schema ? await fieldIssues(schema, input) : [] })
}

function schemaOf({ request }: RouteConfig, target: Target): z.ZodType | undefined {
  switch (target) {
    case 'json':
      return bodySchemaOf(request)
    case 'query':
      return request?.query
    case 'param':
      return request?.params
    case 'header':
      return Array.isArray(request?.headers) ? undefined : request?.headers
    default:
      return undefined
  }
}

function bodySchemaOf(request: RouteConfig['request']): z.ZodType | undefined {
  const media = request?.body?.content['application/json']
  return media && 'schema' in media ? (media.schema as z.ZodType) : undefined
}
