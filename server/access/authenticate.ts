import type { Context } from '../context.ts'
import type { Middleware, RequestContext } from '../http/environment.ts'
import { httpErrors } from '../http/errors.ts'
import { addressOf } from '../http/identify-caller.ts'
import type { Actor } from '../kernel/actor.ts'
import { createFailureLimit } from '../limits/index.ts'
import { checkOrigin } from './check-origin.ts'
import { verifyCredential } from './verify-credential.ts'
import { createJwtVerifier, type VerifyJwt } from './verify-jwt.ts'

/**
 * Finds out who is calling and leaves it as `c.var.actor`.
 * @throws credentials_missing, credentials_invalid, too_many_failures, origin_not_allowed, signing_keys_unavailable
 */
export function authenticate(ctx: Context): Middleware {
  const { jwt, limits, trustProxy } = ctx.config
  const failures = createFailureLimit(limits)
  const verifyJwt = jwt ? createJwtVerifier(jwt, ctx.clock) : refuseAll
  return async function authenticateRequest(c, next) {
    const header = c.req.header('authorization')
    if (header === undefined) {
      challenge(c, '')
      throw httpErrors.credentials_missing({
        detail: 'Send the header Authorization: Bearer, a space, and an API key or a token.',
      })
    }
    const [, token] = /^Bearer +(\S+) *$/i.exec(header) ?? []
    const actor = await identify(ctx, token, verifyJwt)
    if (typeof actor === 'string') {
      await failures.note(addressOf(c, trustProxy), token && prefixOf(token))
      challenge(c, ', error="invalid_token"')
      throw httpErrors.credentials_invalid({ detail: actor })
    }
    checkOrigin(actor, c)
    c.set('actor', actor)
    await next()
  }
}

/** The half of a key or token that names it: as much of it as a guess has. */
function prefixOf(token: string): string | undefined {
  return /^pht?_[0-9A-Za-z]{12}_/.exec(token)?.[0]
}

/** RFC 6750 §3. */
function challenge(c: RequestContext, parameters: string): void {
  c.header('www-authenticate', `Bearer realm="posthorn"${parameters}`)
}

/** Who it is, or why nobody. Never tells an unknown credential from a revoked one. */
async function identify(
  ctx: Context,
  token: string | undefined,
  verifyJwt: VerifyJwt,
): Promise<Actor | string> {
  if (token === undefined) {
    return 'The header Authorization must read: Bearer, a space, and an API key or a token.'
  }
  const [, tag] = /^(pht?)_/.exec(token) ?? []
  if (tag !== undefined) {
    const what = tag === 'ph' ? 'API key' : 'portal token'
    const why = `The ${what} is not known here, or was revoked, or has expired.`
    return (await verifyCredential(ctx, token)) ?? why
  }
  return verifyJwt(token)
}

async function refuseAll(): Promise<string> {
  return 'An API key begins with ph_, a portal token with pht_.'
}
