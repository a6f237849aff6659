import { getConnInfo } from '@hono/node-server/conninfo'
import { clientAddress } from './client-address.ts'
import type { Middleware, RequestContext } from './environment.ts'

const userAgentLengthMax = 512

/** Leaves as `c.var.caller` who asks and from where. After `authenticate`. */
export function identifyCaller(trustProxy: number | false): Middleware {
  return async function nameCaller(c, next) {
    c.set('caller', {
      actor: c.var.actor,
      ipAddress: addressOf(c, trustProxy),
      userAgent: c.req.header('user-agent')?.slice(0, userAgentLengthMax) ?? null,
      requestId: c.var.requestId,
    })
    await next()
  }
}

/** Where a request comes from; null where that cannot be seen. */
export function addressOf(c: RequestContext, trustProxy: number | false): string | null {
  return clientAddress(socketAddressOf(c), c.req.header('x-forwarded-for'), trustProxy)
}

interface Bindings {
  incoming?: { socket?: unknown }
}

/** There is a socket only where node:http listens: not behind `posthorn.fetch`. */
function socketAddressOf(c: RequestContext): string | null {
  // What hosts elsewhere put there is not ours to know.
  const env: Bindings & { server?: Bindings } = c.env ?? {}
  const { incoming } = env.server ?? env
  return incoming?.socket ? (getConnInfo(c).remote.address ?? null) : null
}
