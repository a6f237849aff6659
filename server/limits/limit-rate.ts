import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Middleware, RequestContext } from '../http/environment.ts'
import type { Actor } from '../kernel/actor.ts'
import type { LimitConfig } from '../kernel/limit-config.ts'
import { limitErrors } from './errors.ts'

const windowSeconds = 60
/** A credential of the platform speaks for all organisations. */
const platformFactor = 10

interface Budget {
  name: string
  points: number
  limiter: RateLimiterMemory
}

/**
 * Gives every credential a budget of reads, of writes and of events for each minute, and says in every answer what is
 * left of it. Counted in memory, for this process alone. After `authenticate`. @throws rate_limited
 */
export function limitRate({ rateLimits }: LimitConfig): Middleware {
  const { readsPerMinute, writesPerMinute, eventsPerMinute } = rateLimits
  const budgetsOf = (factor: number) => ({
    reads: budget('reads', readsPerMinute * factor),
    writes: budget('writes', writesPerMinute * factor),
    events: budget('events', eventsPerMinute * factor),
  })
  const [own, platform] = [budgetsOf(1), budgetsOf(platformFactor)]
  return async function spendBudget(c, next) {
    const { actor } = c.var
    const budgets = actor.organisationId === null ? platform : own
    const spent = budgets[classOf(c)]
    if (spent.points > 0) {
      const key = `${actor.kind}:${actor.organisationId}:${actor.id}`
      const left = await spent.limiter.consume(key).catch(toResult)
      tell(c, spent, left)
      if (left.consumedPoints > spent.points) throw refusal(spent, actor, left)
      c.set('spendMore', async (points) => tell(c, spent, await spent.limiter.penalty(key, points)))
    }
    await next()
  }
}

function budget(name: string, points: number): Budget {
  const limiter = new RateLimiterMemory({ points, duration: windowSeconds, keyPrefix: '' })
  return { name, points, limiter }
}

function classOf({ req }: RequestContext): 'reads' | 'writes' | 'events' {
  if (req.method === 'GET' || req.method === 'HEAD') return 'reads'
  return /\/v1\/events(\/batch)?$/.test(req.path) ? 'events' : 'writes'
}

/** The library rejects with what it otherwise resolves with. */
function toResult(rejected: unknown): RateLimiterRes {
  if (rejected instanceof RateLimiterRes) return rejected
  throw rejected
}

/** draft-ietf-httpapi-ratelimit-headers-10. Before the answer is made: afterwards it would have to be made again. */
function tell(c: RequestContext, { name, points }: Budget, left: RateLimiterRes): void {
  c.header('ratelimit-policy', `"${name}";q=${points};w=${windowSeconds}`)
  c.header('ratelimit', `"${name}";r=${left.remainingPoints};t=${secondsUntil(left)}`)
}

function refusal({ name, points }: Budget, actor: Actor, left: RateLimiterRes) {
  const whose = actor.organisationId === null ? 'of the platform ' : ''
  return limitErrors.rate_limited({
    detail: `A credential ${whose}has ${points} ${name} a minute in one process of Posthorn.`,
    limit: { name: `${name}PerMinute`, value: points },
    retryAfterSeconds: secondsUntil(left),
  })
}

function secondsUntil({ msBeforeNext }: RateLimiterRes): number {
  return Math.max(1, Math.ceil(msBeforeNext / 1000))
}
