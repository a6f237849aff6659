import { type Actor, hasScope, type Scope } from '../kernel/actor.ts'
import type { Middleware } from './environment.ts'
import { httpErrors } from './errors.ts'

/** Lets only credentials with `scope`, or `admin`, go on. @throws scope_missing */
export function requireScope(scope: Scope): Middleware {
  return async function passWithScope(c, next) {
    const actor: Actor | undefined = c.var.actor
    // Without `authenticate` before it nobody gets through.
    if (actor === undefined) throw httpErrors.credentials_missing()
    checkScope(actor, scope)
    await next()
  }
}

/** For what only some requests of a route ask for. @throws scope_missing */
export function checkScope(actor: Actor, scope: Scope): void {
  if (hasScope(actor, scope)) return
  throw httpErrors.scope_missing({
    detail: `This needs the scope ${scope}; the credential has ${actor.scopes.join(', ') || 'none'}.`,
  })
}
