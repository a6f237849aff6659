import type { RequestContext } from '../http/environment.ts'
import type { Actor } from '../kernel/actor.ts'
import { accessErrors } from './errors.ts'

/** A token that was made for some pages is of no use to a script of others. @throws origin_not_allowed */
export function checkOrigin({ allowedOrigins }: Actor, c: RequestContext): void {
  const origin = c.req.header('origin')
  if (allowedOrigins === null || origin === undefined) return
  if (allowedOrigins.includes(origin) || isOwn(origin, c)) return
  throw accessErrors.origin_not_allowed({
    detail: `Name ${origin.slice(0, 255)} in allowedOrigins when the portal token is made.`,
  })
}

/** Browsers set both headers, scripts cannot. Behind a proxy either may be missing or changed, the scheme above all. */
function isOwn(origin: string, c: RequestContext): boolean {
  if (c.req.header('sec-fetch-site') === 'same-origin') return true
  return URL.canParse(origin) && new URL(origin).host === new URL(c.req.url).host
}
