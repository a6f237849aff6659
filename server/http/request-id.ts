import { newId } from '../kernel/ids.ts'
import type { Middleware } from './environment.ts'

/** What a caller's own id may look like: safe in a log line and in a header. */
const sane = /^[A-Za-z0-9._-]{1,64}$/

/** Every answer names its request: the caller's `x-request-id`, or one of ours. */
export function requestId(): Middleware {
  return async function nameRequest(c, next) {
    const given = c.req.header('x-request-id')
    const id = given !== undefined && sane.test(given) ? given : newId()
    c.set('requestId', id)
    c.header('x-request-id', id)
    await next()
  }
}
