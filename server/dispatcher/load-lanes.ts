import type { Database } from '../database/database.ts'
import type { LaneCursor } from './lane.ts'
import { type LoadedDelivery, type LoadedRow, readRow } from './loaded-row.ts'

/** How much a lane would like to have from its backlog. */
export interface LaneDemand {
  bucket: number
  subscriptionId: string
  after: LaneCursor | undefined
  /** Without a cursor: nothing that lives is due before. */
  lowMs: number | undefined
  /** Rows to read; those whose order is kept are read over. */
  want: number
}

/**
 * Due deliveries of several lanes at once, each from where it had read to; the cost is what is asked for. Where order is
 * kept they are read over, but the last one read is there, without its event, to say how far that was.
 */
export async function loadLanes(
  db: Database,
  demands: readonly LaneDemand[],
): Promise<LoadedDelivery[]> {
  const lanes = JSON.stringify(
    demands.map(({ bucket, subscriptionId, after, lowMs, want }) => ({
      bucket,
      subscription_id: subscriptionId,
      after_due_at: after?.dueAt ?? (lowMs ? new Date(lowMs - 1).toISOString() : '-infinity'),
      after_id: after?.id ?? '00000000-0000-0000-0000-000000000000',
      want,
    })),
  )
  const rows = await db.query(
    (sql) => sql<LoadedRow[]>`
    select q.organisation_id, q.id, q.subscription_id, q.bucket, q.attempts, q.attempts_before, q.trigger, q.order_key,
      q.due_at::text as due_at, floor(extract(epoch from q.due_at) * 1000)::float8 as due_at_ms,
      extract(epoch from now())::float8 * 1000 as now_ms, q.event_id, e.event_type, e.entity_type, e.entity_id,
      e.user_id, e.correlation_id, e.source, e.created_at, e.data_json, q.position::int
    from json_to_recordset(${lanes}::text::json) as l(bucket smallint, subscription_id uuid, after_due_at timestamptz,
      after_id uuid, want int)
    cross join lateral (
      select *, row_number() over () as position, lead(id) over () is null as is_last from (
        select * from delivery_queue d
        where d.bucket = l.bucket and d.subscription_id = l.subscription_id and d.due_at <= now()
          and (d.due_at, d.id) > (l.after_due_at, l.after_id)
        order by d.bucket, d.subscription_id, d.due_at, d.id limit l.want
      ) due
    ) q
    left join lateral (
      select event_type, entity_type, entity_id, user_id, correlation_id, source, created_at, data::text as data_json
      from domain_events
      where organisation_id = q.organisation_id and id = q.event_id and q.order_key is null
    ) e on true
    where q.order_key is null or q.is_last`,
  )
  return rows.map(readRow)
}
