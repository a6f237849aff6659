import { BurstyRateLimiter, RateLimiterMemory } from 'rate-limiter-flexible'
import type { Quotas } from '../kernel/limit-config.ts'
import { limitErrors } from './errors.ts'

const burstWindowSeconds = 60

/** Takes events at a steady rate, and for a while more than that. One counter per pair of quotas, in memory. */
export function createEventRate() {
  const limiters = new Map<string, BurstyRateLimiter>()
  /** @throws event_quota_exceeded */
  return async function take(
    organisationId: string,
    { eventsPerSecond, eventsBurst }: Quotas,
  ): Promise<void> {
    if (eventsPerSecond === 0) return
    const pair = `${eventsPerSecond}/${eventsBurst}`
    const limiter = limiters.get(pair) ?? createLimiter(eventsPerSecond, eventsBurst)
    limiters.set(pair, limiter)
    try {
      await limiter.consume(organisationId)
    } catch (rejected) {
      if (rejected instanceof Error) throw rejected
      throw limitErrors.event_quota_exceeded({
        detail: `It may send ${eventsPerSecond} a second, and ${eventsBurst} beyond those within a minute.`,
        limit: { name: 'eventsPerSecond', value: eventsPerSecond },
        retryAfterSeconds: 1,
      })
    }
  }
}

function createLimiter(points: number, burst: number): BurstyRateLimiter {
  return new BurstyRateLimiter(
    new RateLimiterMemory({ points, duration: 1, keyPrefix: '' }),
    new RateLimiterMemory({ points: burst, duration: burstWindowSeconds, keyPrefix: '' }),
  )
}
