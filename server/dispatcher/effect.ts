import { type Outcome, outcomeCode, parseRetryAfter } from '../deliveries/index.ts'

/** What an outcome says of the receiver, beyond the one delivery. */
export interface Effect {
  /** Whether it can take as much as it was given. */
  load: 'coped' | 'overloaded' | 'unknown'
  /** Whether it is there. */
  health: 'answered' | 'failed' | 'unknown'
}

const coped: Effect = { load: 'coped', health: 'answered' }
const answered: Effect = { load: 'unknown', health: 'answered' }
const overloaded: Effect = { load: 'overloaded', health: 'failed' }
const tooMany: Effect = { load: 'overloaded', health: 'answered' }
const failed: Effect = { load: 'unknown', health: 'failed' }
const unknown: Effect = { load: 'unknown', health: 'unknown' }

export function effectOf(outcome: Outcome): Effect {
  if (outcome.kind === 'response') {
    if (outcome.statusCode >= 500) return overloaded
    if (outcome.statusCode === 429) return tooMany
    return outcomeCode(outcome) === 'succeeded' ? coped : answered
  }
  switch (outcome.kind) {
    case 'timeout':
      return overloaded
    case 'connect':
    case 'dns':
    case 'tls':
    case 'reset':
    case 'blocked_address':
    case 'response_invalid':
      return failed
    // Ours to answer for, not the receiver's.
    case 'request_invalid':
    case 'unprocessable':
    case 'subscription_unusable':
    case 'event_dropped':
      return unknown
  }
}

/** Milliseconds that the receiver asks to be left alone; null when it does not say how long. */
export function pauseOf(outcome: Outcome, nowMs: number): number | null | undefined {
  if (outcome.kind !== 'response') return undefined
  if (outcome.statusCode !== 429 && outcome.statusCode !== 503) return undefined
  const retryAfterMs = parseRetryAfter(outcome.retryAfter, nowMs)
  return retryAfterMs ?? (outcome.statusCode === 429 ? null : undefined)
}
