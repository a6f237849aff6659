import type { Context, MiddlewareHandler } from 'hono'
import type { Actor } from '../kernel/actor.ts'
import type { Caller } from '../kernel/caller.ts'
import type { ParsedJson } from '../kernel/json.ts'

/** What the middleware leaves for handlers, as `c.var`. */
export interface AppEnv {
  Variables: {
    requestId: string
    /** Set by `authenticate`, so on every route under `/v1`. */
    actor: Actor
    /** The actor and where it calls from: for verbs that leave a trace in the audit log. */
    caller: Caller
    /** Set by `jsonBody`. `exact` is for storing and sending, `c.req.valid('json')` for deciding. */
    body: ParsedJson
    /** Set by `limitRate` where requests are limited: for what costs more than one request of its kind. */
    spendMore?: (points: number) => Promise<void>
  }
}

/** A request as middleware and handlers see it. */
export type RequestContext = Context<AppEnv>

/** For those who bring middleware and need not know hono. */
export type Middleware = MiddlewareHandler<AppEnv>
