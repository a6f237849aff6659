import type { Clock } from '../kernel/clock.ts'
import type { Logger } from '../kernel/logger.ts'
import type { AppEnv, Middleware } from './environment.ts'

/** One line per request at debug level. Never the query or a header: they can hold secrets. */
export function logRequests(log: Logger, clock: Clock): Middleware {
  return async function logRequest(c, next) {
    const startedMs = clock.monotonicMs()
    await next()
    const fields = {
      method: c.req.method,
      path: c.req.path,
      status: c.res.status,
      ms: Math.round((clock.monotonicMs() - startedMs) * 10) / 10,
      requestId: c.var.requestId,
      // Absent where nobody is asked who they are.
      actorId: (c.var as Partial<AppEnv['Variables']>).actor?.id,
    }
    log.debug(fields, 'request')
  }
}
