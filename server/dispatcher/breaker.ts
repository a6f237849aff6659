/*
 * The circuit breaker of a subscription. Pure: this file decides, gate.ts keeps the state.
 *
 *              10 failures in a row                 the time is up
 *   ┌────────┐ ───────────────────────► ┌──────┐ ─────────────────► ┌─────────┐
 *   │ closed │                          │ open │                    │ probing │  one request at a time
 *   └────────┘ ◄──── any answer ─────── └──────┘ ◄──── failed ───── └─────────┘
 *        ▲                                       twice as long            │
 *        └──────────────────────────── any answer ────────────────────────┘
 *
 * An answer is a response below 500: the receiver is there, whatever it thinks of the request.
 */

export type Breaker =
  | { readonly state: 'closed'; readonly failures: number }
  | { readonly state: 'open'; readonly openings: number; readonly untilMs: number }
  | { readonly state: 'probing'; readonly openings: number; readonly sinceMs: number }

export const closedBreaker: Breaker = { state: 'closed', failures: 0 }

/** Enough to tell an outage from bad luck, few enough that little of anybody's schedule is used up by one. */
export const failuresToOpen = 10
const openMsMax = 300_000
const jitter = 0.2

export function afterAnswer(current: Breaker): Breaker {
  return current.state === 'closed' && current.failures === 0 ? current : closedBreaker
}

export interface BreakerFailure {
  startedAtMs: number
  nowMs: number
  /** From 0 to 1. */
  random: number
  /** How long the first opening lasts, milliseconds. */
  probeAfterMs: number
}

/** Requests that began before the breaker opened say nothing new when they fail after it did. */
export function afterFailure(current: Breaker, failure: BreakerFailure): Breaker {
  switch (current.state) {
    case 'open':
      return current
    case 'probing':
      return failure.startedAtMs < current.sinceMs ? current : opened(current.openings + 1, failure)
    case 'closed': {
      const failures = current.failures + 1
      return failures < failuresToOpen ? { state: 'closed', failures } : opened(1, failure)
    }
  }
}

/** What it is at this time: an opening ends by itself. */
export function breakerAt(current: Breaker, nowMs: number): Breaker {
  if (current.state !== 'open' || nowMs < current.untilMs) return current
  return { state: 'probing', openings: current.openings, sinceMs: nowMs }
}

function opened(openings: number, { nowMs, random, probeAfterMs }: BreakerFailure): Breaker {
  const forMs = Math.min(openMsMax, probeAfterMs * 2 ** Math.min(openings - 1, 16))
  const variedMs = Math.round(forMs * (1 - jitter + 2 * jitter * random))
  return { state: 'open', openings, untilMs: nowMs + variedMs }
}
