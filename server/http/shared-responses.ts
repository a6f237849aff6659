import type { RouteConfig } from '@hono/zod-openapi'
import { problems } from './responses.ts'

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Of your choice, a new one for each request: sent again within 24 hours, the request gets its first answer and is not ' +
    'carried out again',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
} as const

/** A route as the document tells of it: with what every operation can answer, and every one that changes something takes. */
export function withShared(route: RouteConfig): RouteConfig {
  if (!route.path.startsWith('/v1/')) return route
  if (route.method === 'get') {
    return { ...route, responses: { ...problems(429), ...route.responses } }
  }
  return {
    ...route,
    parameters: [idempotencyKey],
    responses: { ...problems(400, 409, 413, 422, 429), ...route.responses },
  }
}
