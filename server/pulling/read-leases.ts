import { arrayLiteral } from '../database/array-literal.ts'
import type { Database } from '../database/database.ts'
import type { PulledDelivery } from './ended.ts'

export interface Named {
  id: string
  attempt: number
}

/** What there is of a delivery that a consumer names. */
export interface LeaseRow extends PulledDelivery, Named {
  /** Where it is: waiting or finished; null when there is none of this subscription. */
  status: 'pending' | 'succeeded' | 'failed' | 'cancelled' | null
  attemptsBefore: number
  /** Null when nobody has it. */
  leasedAt: Date | null
  nowMs: number
  /** How the attempt that is named has ended; null when it has not. */
  recorded: string | null
}

/** One row for each that is named. */
export async function readLeases(
  db: Database,
  subscriptionId: string,
  named: readonly Named[],
): Promise<LeaseRow[]> {
  return db.query(
    (sql) => sql<LeaseRow[]>`
    select n.id, n.attempt, d.*, e.event_type, e.entity_type, e.entity_id,
      extract(epoch from clock_timestamp())::float8 * 1000 as now_ms, a.outcome as recorded
    from unnest(${arrayLiteral(named.map(({ id }) => id))}::text::uuid[],
      ${arrayLiteral(named.map(({ attempt }) => attempt))}::text::int[]) as n(id, attempt)
    left join lateral (
      select organisation_id, event_id, subscription_id, attempts, attempts_before, trigger, leased_at,
        'pending' as status
      from delivery_queue where id = n.id and subscription_id = ${subscriptionId}
      union all
      select organisation_id, event_id, subscription_id, attempts, attempts, trigger, null, status
      from deliveries where id = n.id and subscription_id = ${subscriptionId}
      limit 1
    ) d on true
    left join lateral (
      select event_type, entity_type, entity_id from domain_events
      where organisation_id = d.organisation_id and id = d.event_id
    ) e on true
    left join lateral (
      select outcome from delivery_attempts
      where organisation_id = d.organisation_id and delivery_id = n.id and number = n.attempt
    ) a on true`,
  )
}
