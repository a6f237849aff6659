import { type Outcome, outcomeCode } from './outcome.ts'
import { parseRetryAfter, retryDelayMs } from './retry-delay.ts'

/*
 * The life of a delivery. This file decides and settle-deliveries.ts writes; retire-deliveries.ts ends what waits in vain.
 *
 *             2xx                          ┌───────────┐
 *   pending ───────────────────────────────► succeeded │
 *    ▲  │ │   410, hopeless, or used up    ├───────────┤   replay
 *    │  │ └────────────────────────────────► failed    ├──────────► pending (same id, next attempt number)
 *    │  │                                  ├───────────┤
 *    └──┘ any other outcome: again later   │ cancelled │◄── by a person, or its subscription was purged while it waited
 *                                          └───────────┘
 */

export const finishedStatuses = ['succeeded', 'failed', 'cancelled'] as const
export type FinishedStatus = (typeof finishedStatuses)[number]
export type DeliveryStatus = 'pending' | FinishedStatus

/** What to do with a delivery after an attempt. */
export type Decision =
  | { status: 'succeeded' }
  | { status: 'failed'; reason: 'exhausted' | 'gone' | 'hopeless' }
  | { status: 'pending'; delayMs: number }

export interface DecisionFacts {
  outcome: Outcome
  /** Attempts that this run has had, this one included. */
  attemptsInRun: number
  scheduleSeconds: readonly number[]
  nowMs: number
  /** From 0 to 1. */
  random: number
}

export function decide(facts: DecisionFacts): Decision {
  const { outcome } = facts
  switch (outcomeCode(outcome)) {
    case 'succeeded':
      return { status: 'succeeded' }
    case 'gone':
      return { status: 'failed', reason: 'gone' }
    case 'unprocessable':
    case 'subscription_unusable':
    case 'event_dropped':
      return { status: 'failed', reason: 'hopeless' }
    default: {
      const retryAfterMs =
        outcome.kind === 'response' && asksForPatience(outcome.statusCode)
          ? parseRetryAfter(outcome.retryAfter, facts.nowMs)
          : undefined
      const delayMs = retryDelayMs(
        facts.scheduleSeconds,
        facts.attemptsInRun,
        facts.random,
        retryAfterMs,
      )
      return delayMs === undefined
        ? { status: 'failed', reason: 'exhausted' }
        : { status: 'pending', delayMs }
    }
  }
}

/** Where `Retry-After` has a meaning for us: too many requests, or not available. */
function asksForPatience(statusCode: number): boolean {
  return statusCode === 429 || statusCode === 503
}
