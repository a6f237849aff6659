import type { IncomingMessage } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { AppEnv } from './environment.ts'

export type NodeListener = ReturnType<typeof getRequestListener>

/** What frameworks add to a request: the path before they took their prefix off it, and the body that they read. */
interface FrameworkRequest {
  originalUrl?: unknown
  rawBody?: unknown
}

/** The app as a listener of node:http, and of the frameworks that hand on its requests. */
export function nodeListener(app: OpenAPIHono<AppEnv>, basePath: string): NodeListener {
  const listener = getRequestListener(
    (request, env) =>
      app.fetch(request, { ...env, isBodyRead: isBodyRead(env.incoming as IncomingMessage) }),
    // The Request and Response of the process are the host's.
    { overrideGlobalObjects: false },
  )
  return (incoming, outgoing) => {
    const framework: FrameworkRequest = incoming as object
    // With a basePath of our own, the whole path is wanted, whether or not the framework took a prefix off.
    if (basePath !== '' && typeof framework.originalUrl === 'string') {
      incoming.url = framework.originalUrl
    }
    if (typeof framework.rawBody === 'string') framework.rawBody = Buffer.from(framework.rawBody)
    return listener(incoming, outgoing)
  }
}

function isBodyRead(incoming: IncomingMessage & FrameworkRequest): boolean {
  return incoming.readableDidRead && !Buffer.isBuffer(incoming.rawBody)
}
