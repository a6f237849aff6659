import { cors } from 'hono/cors'
import type { Middleware } from './environment.ts'

/** Lets pages of these origins call the API. Their cookies stay out of it: what counts is the header they send. */
export function allowOrigins(origins: readonly string[]): Middleware {
  return cors({
    origin: [...origins],
    allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowHeaders: [
      'authorization',
      'content-type',
      'idempotency-key',
      'if-match',
      'last-event-id',
      'x-request-id',
    ],
    exposeHeaders: [
      'x-request-id',
      'retry-after',
      'ratelimit',
      'ratelimit-policy',
      'idempotency-replayed',
    ],
    maxAge: 600,
  })
}
