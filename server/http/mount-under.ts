import type { OpenAPIHono } from '@hono/zod-openapi'
import { commonErrors } from '../kernel/errors.ts'
import type { Logger } from '../kernel/logger.ts'
import type { AppEnv } from './environment.ts'
import { answerNotFound, handleErrors, problem } from './problem.ts'
import { requestId } from './request-id.ts'
import { createRouter } from './router.ts'

/** The app as it answers whole paths, of which the host took nothing off: all of it lies under `basePath`. */
export function mountUnder(
  app: OpenAPIHono<AppEnv>,
  basePath: string,
  log: Logger,
): OpenAPIHono<AppEnv> {
  if (basePath === '') return app
  const outer = createRouter()
  outer.use(requestId())
  outer.route(basePath, app)
  handleErrors(outer, log)
  outer.notFound((c) => {
    const { path } = c.req
    if (path === basePath || path.startsWith(`${basePath}/`)) return answerNotFound(outer, c)
    const detail =
      `The path ${path} does not lie under ${basePath}, which is the basePath that Posthorn was given. ` +
      'Set basePath to the whole prefix that Posthorn is mounted under.'
    return problem(c, commonErrors.not_found({ detail }))
  })
  return outer
}
