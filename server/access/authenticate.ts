import type { Context } from '../context.ts'
import type { Middleware, RequestContext } from '../http/environment.ts'
import { httpErrors } from '../http/errors.ts'
import { verifyApiKey } from './verify-api-key.ts'

/** Finds out who is calling and leaves it as `c.var.actor`. @throws credentials_missing, credentials_invalid */
export function authenticate(ctx: Context): Middleware {
  return async function authenticateRequest(c, next) {
    const header = c.req.header('authorization')
    if (header === undefined) {
      challenge(c, '')
      throw httpErrors.credentials_missing({
        detail: 'Send the header Authorization: Bearer ph_….',
      })
    }
    const [, token] = /^Bearer +(\S+) *$/i.exec(header) ?? []
    const actor = token === undefined ? undefined : await verifyApiKey(ctx, token)
    if (actor === undefined) {
      challenge(c, ', error="invalid_token"')
      throw httpErrors.credentials_invalid({ detail: whyInvalid(token) })
    }
    c.set('actor', actor)
    await next()
  }
}

/** RFC 6750 §3. */
function challenge(c: RequestContext, parameters: string): void {
  c.header('www-authenticate', `Bearer realm="posthorn"${parameters}`)
}

/** Never tells an unknown key from a revoked one. */
function whyInvalid(token: string | undefined): string {
  if (token === undefined)
    return 'The header Authorization must read: Bearer, a space, and an API key.'
  return token.startsWith('ph_')
    ? 'The API key is not known here, or was revoked, or has expired.'
    : 'An API key begins with ph_.'
}
