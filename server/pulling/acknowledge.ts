import type { Context } from '../context.ts'
import type { Settlement } from '../deliveries/index.ts'
import type { Subscription } from '../subscriptions/index.ts'
import { type Answer, judge, settle } from './judge.ts'
import { type LeaseRow, type Named, readLeases } from './read-leases.ts'
import { releaseDeliveries } from './release-deliveries.ts'
import {
  type AcknowledgedDelivery,
  type Acknowledgement,
  type Refusal,
  refusals,
} from './schemas.ts'

type Answered = Named & { answer: Answer }

/**
 * Ends leases as their holders say. Whatever cannot be done is refused one by one; all of it may be said again. Two
 * statements for all of them: what there is, and what becomes of it if nobody has come between.
 */
export async function acknowledge(
  ctx: Context,
  subscription: Pick<Subscription, 'id' | 'retry'>,
  said: Acknowledgement,
  write: (settlements: readonly Settlement[]) => Promise<ReadonlySet<string>>,
): Promise<AcknowledgedDelivery[]> {
  const answered: Answered[] = [
    ...said.succeeded.map((one) => ({ ...one, answer: { outcome: 'succeeded' } as const })),
    ...said.failed.map(({ error, ...one }) => ({
      ...one,
      answer: { outcome: 'rejected', error } as const,
    })),
    ...said.released.map((one) => ({ ...one, answer: { outcome: 'released' } as const })),
  ].map((one) => ({ ...one, id: one.id.toLowerCase() }))
  if (answered.length === 0) return []
  const { engine } = ctx.database
  const rows = await readLeases(engine, subscription.id, answered)
  const rowOf = new Map(rows.map((row) => [row.id, row]))
  const schedule = subscription.retry?.scheduleSeconds ?? ctx.config.dispatcher.retryScheduleSeconds
  const settlements: Settlement[] = []
  const releases: LeaseRow[] = []
  const results = answered.map(({ id, attempt, answer }) => {
    const row = rowOf.get(id)
    const judgement = row
      ? judge(row, answer)
      : ({ kind: 'refuse', code: 'delivery_not_found' } as const)
    if (row && judgement.kind === 'settle') {
      if (answer.outcome === 'released') releases.push(row)
      else settlements.push(settle(row, answer, schedule, ctx.clock.random()))
    }
    return { id, attempt, judgement }
  })
  const [written, released] = await Promise.all([
    settlements.length > 0 ? write(settlements) : new Set<string>(),
    releases.length > 0 ? releaseDeliveries(engine, releases) : new Set<string>(),
  ])
  return results.map(({ id, attempt, judgement }) => {
    if (judgement.kind === 'refuse') return refused(id, attempt, judgement.code)
    const isDone = judgement.kind === 'said_before' || written.has(id) || released.has(id)
    // Somebody was faster between the two statements.
    if (!isDone) return refused(id, attempt, 'lease_lost')
    return { id, attempt, accepted: true, code: null, detail: null }
  })
}

function refused(id: string, attempt: number, code: Refusal): AcknowledgedDelivery {
  return { id, attempt, accepted: false, code, detail: refusals[code] }
}
