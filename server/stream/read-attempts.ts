import type { Database } from '../database/database.ts'
import { timeOfId } from '../kernel/ids.ts'
import type { AttemptKey } from './notification.ts'
import type { StreamedAttempt } from './schemas.ts'

type AttemptRow = Omit<
  StreamedAttempt,
  'status' | 'startedAt' | 'createdAt' | 'finishedAt' | 'nextAttemptAt'
> & {
  position: number
  startedAt: Date
  finishedAt: Date | null
  dueAt: Date | null
}

/** Attempts that others settled, by their keys and in that order. One that is gone already is left out. */
export async function readAttempts(
  db: Database,
  keys: readonly AttemptKey[],
): Promise<StreamedAttempt[]> {
  const rows = await db.query(
    (sql) => sql<AttemptRow[]>`
    select k.position::int, a.organisation_id, a.delivery_id, a.number, a.trigger, a.outcome, a.status_code, a.error,
      a.started_at, a.duration_ms, d.finished_at, q.due_at,
      coalesce(d.event_id, q.event_id) as event_id, coalesce(d.subscription_id, q.subscription_id) as subscription_id,
      coalesce(d.event_type, e.event_type) as event_type, coalesce(d.entity_type, e.entity_type) as entity_type,
      coalesce(d.entity_id, e.entity_id) as entity_id
    from unnest(${keys.map(([organisation]) => organisation)}::uuid[], ${keys.map(([, id]) => id)}::uuid[],
      ${keys.map(([, , number]) => number)}::smallint[]) with ordinality as k(organisation_id, id, number, position)
    join delivery_attempts a
      on a.organisation_id = k.organisation_id and a.delivery_id = k.id and a.number = k.number
    left join deliveries d on d.organisation_id = k.organisation_id and d.id = k.id
    left join delivery_queue q on q.organisation_id = k.organisation_id and q.id = k.id
    left join domain_events e on e.organisation_id = q.organisation_id and e.id = q.event_id
    where coalesce(d.event_type, e.event_type) is not null
    order by k.position`,
  )
  return rows.map((row) => present(row, keys[row.position - 1]?.[3] ?? 'pending'))
}

/** The status as it was after the attempt; since then the delivery may have gone on. */
function present(row: AttemptRow, status: StreamedAttempt['status']): StreamedAttempt {
  const { position: _, startedAt, finishedAt, dueAt, ...attempt } = row
  const pending = status === 'pending'
  return {
    ...attempt,
    status,
    startedAt: startedAt.toISOString(),
    createdAt: new Date(timeOfId(row.deliveryId)).toISOString(),
    finishedAt: pending ? null : (finishedAt?.toISOString() ?? null),
    nextAttemptAt: pending ? (dueAt?.toISOString() ?? null) : null,
  }
}
