import type { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { commonErrors, PosthornError } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import type { Logger } from '../kernel/logger.ts'
import type { AppEnv, RequestContext } from './environment.ts'
import { httpErrors } from './errors.ts'
import type { Problem } from './responses.ts'

/** Makes `app` answer every error, unknown path and wrong method as `application/problem+json`. */
export function handleErrors(app: Hono<AppEnv>, log: Logger): void {
  let isBodyTold = false
  app.onError((error, c) => {
    const known = toPosthornError(error)
    const fields = {
      err: error,
      method: c.req.method,
      path: c.req.path,
      requestId: c.var.requestId,
    }
    if (known === undefined) log.error(fields, 'request failed unexpectedly')
    else if (known.status >= 500 && !(known.code === 'body_already_read' && isBodyTold)) {
      log.warn(fields, `request failed: ${known.code}`)
      // Every request would say it: the host is put together wrongly.
      isBodyTold ||= known.code === 'body_already_read'
    }
    return problem(c, known ?? commonErrors.internal_error())
  })
  app.notFound((c) => answerNotFound(app, c))
}

/** Answers for a path, or its method, that `app` has no route for; `mount` is what a host put before its paths. */
export function answerNotFound(app: Hono<AppEnv>, c: RequestContext, mount = ''): Response {
  const { method, path } = c.req
  const allowed = methodsOf(app, path.slice(mount.length))
  if (allowed.length === 0) {
    return problem(c, commonErrors.not_found({ detail: `There is no ${method} ${path}.` }))
  }
  c.header('allow', allowed.join(', '))
  return problem(c, httpErrors.method_not_allowed({ detail: `${path} has ${allowed.join(', ')}.` }))
}

/** An error as RFC 9457 puts it on the wire. Only what was written for the caller gets in. */
export function problem(c: RequestContext, error: PosthornError): Response {
  // Absent only when `requestId` was not mounted.
  const requestId = (c.var as Partial<AppEnv['Variables']>).requestId ?? newId()
  c.header('content-type', 'application/problem+json')
  if (error.retryAfterSeconds !== undefined) {
    c.header('retry-after', String(Math.max(0, Math.ceil(error.retryAfterSeconds))))
  }
  return c.body(JSON.stringify(problemBody(error, requestId)), error.status as ContentfulStatusCode)
}

export function problemBody(error: PosthornError, requestId: string): Problem {
  return {
    type: `urn:posthorn:error:${error.code}`,
    title: error.title,
    status: error.status,
    ...(error.detail !== undefined && { detail: error.detail }),
    code: error.code,
    requestId,
    ...(error.issues !== undefined && { errors: error.issues }),
    ...(error.limit !== undefined && { limit: error.limit }),
  }
}

/** Hono raises its own exception where a route declares a body that `jsonBody` did not read. */
function toPosthornError(error: Error): PosthornError | undefined {
  if (error instanceof PosthornError) return error
  if (!(error instanceof HTTPException) || error.status >= 500) return undefined
  return error.status === 415
    ? httpErrors.media_type_unsupported({
        detail: 'Send the header content-type: application/json.',
        cause: error,
      })
    : httpErrors.request_malformed({ cause: error })
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** The methods that a path has a route for. Middleware, which is there for all of them, does not count. */
function methodsOf(app: Hono<AppEnv>, path: string): string[] {
  return methods
    .filter((method) =>
      app.router.match(method, path)[0].some(([[, route]]) => route.method !== 'ALL'),
    )
    .flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
}
