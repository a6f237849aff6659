import { retryDelayMs, type Settlement } from '../deliveries/index.ts'
import { settlementOf } from './ended.ts'
import type { LeaseRow } from './read-leases.ts'
import type { Refusal } from './schemas.ts'

/** What a consumer says of a delivery; as the log calls it. */
export type Answer =
  | { outcome: 'succeeded' }
  | { outcome: 'rejected'; error: string | undefined }
  | { outcome: 'released' }

export type Judgement =
  | { kind: 'settle' }
  | { kind: 'said_before' }
  | { kind: 'refuse'; code: Refusal }

/** Whoever has the lease decides; saying the same again changes nothing. */
export function judge(row: LeaseRow, answer: Answer): Judgement {
  if (row.status === null) return { kind: 'refuse', code: 'delivery_not_found' }
  const isCurrent = row.status === 'pending' && row.attempts + 1 === row.attempt
  if (isCurrent && row.leasedAt !== null) return { kind: 'settle' }
  switch (row.recorded) {
    case answer.outcome:
      return { kind: 'said_before' }
    case 'lease_expired':
      return { kind: 'refuse', code: 'lease_lost' }
    case null:
      return {
        kind: 'refuse',
        code: row.status === 'cancelled' ? 'delivery_cancelled' : 'not_leased',
      }
    default:
      return { kind: 'refuse', code: 'settled_otherwise' }
  }
}

const rejected = 'the consumer could not process it'

/** What is to be written of a lease that its holder has ended, but for what was released. */
export function settle(
  row: LeaseRow,
  answer: Exclude<Answer, { outcome: 'released' }>,
  scheduleSeconds: readonly number[],
  random: number,
): Settlement {
  const startedAt = row.leasedAt ?? new Date(row.nowMs)
  const ended = { startedAt, durationMs: row.nowMs - startedAt.getTime() }
  if (answer.outcome === 'succeeded') {
    return settlementOf(row, {
      ...ended,
      status: 'succeeded',
      delay_ms: null,
      outcome: 'succeeded',
      error: null,
    })
  }
  // Leases that ran out, and what was given back, are not among them.
  const failures = row.attempts - row.attemptsBefore + 1
  const delayMs = retryDelayMs(scheduleSeconds, failures, random, undefined)
  return settlementOf(row, {
    ...ended,
    status: delayMs === undefined ? 'failed' : 'pending',
    delay_ms: delayMs ?? null,
    outcome: 'rejected',
    error: answer.error ?? rejected,
  })
}
