import type { Database } from '../database/database.ts'
import { lowestIdAt } from '../kernel/ids.ts'
import { type LoadedDelivery, type LoadedRow, readRow } from './loaded-row.ts'

/** Entities of one lane whose oldest delivery is wanted. */
export interface EntityDemand {
  bucket: number
  subscriptionId: string
  entities: readonly string[]
}

/** A lane whose entities are gone through, from where the last walk stopped. */
export interface WalkDemand {
  bucket: number
  subscriptionId: string
  after: string | undefined
  /** Due deliveries at most. */
  want: number
}

/** Events not yet published that are looked at, per entity; and how far back. */
const unpublishedMax = 200
const unpublishedMs = 3_600_000

/**
 * The oldest delivery of each entity, if it is due. One that waits for its retry holds its entity, and no other; so does
 * an older event of the entity that was inserted by others and is still to be published. Where many are, all of their
 * organisation count: it is a bulk insert, published oldest first.
 */
export async function loadEntities(
  db: Database,
  demands: readonly EntityDemand[],
  nowMs: number,
): Promise<LoadedDelivery[]> {
  const entities = JSON.stringify(
    demands.flatMap(({ bucket, subscriptionId, entities }) =>
      entities.map((entity) => ({ bucket, subscription_id: subscriptionId, order_key: entity })),
    ),
  )
  const rows = await db.query(
    (sql) => sql<LoadedRow[]>`
    select q.organisation_id, q.id, q.subscription_id, q.bucket, q.attempts, q.attempts_before, q.trigger, q.order_key,
      q.due_at::text as due_at, floor(extract(epoch from q.due_at) * 1000)::float8 as due_at_ms,
      extract(epoch from now())::float8 * 1000 as now_ms, q.event_id, e.event_type, e.entity_type, e.entity_id,
      e.user_id, e.correlation_id, e.source, e.created_at, e.data_json
    from json_to_recordset(${entities}::text::json) as l(bucket smallint, subscription_id uuid, order_key uuid)
    cross join lateral (
      select * from delivery_queue d
      where d.bucket = l.bucket and d.subscription_id = l.subscription_id and d.order_key = l.order_key
      order by d.bucket, d.subscription_id, d.order_key, d.event_id limit 1
    ) q
    left join lateral (
      select event_type, entity_type, entity_id, user_id, correlation_id, source, created_at, data::text as data_json
      from domain_events
      where organisation_id = q.organisation_id and id = q.event_id
    ) e on true
    where q.due_at <= now() and not exists (
      select from (
        select organisation_id, entity_id, row_number() over () as position from (
          select organisation_id, entity_id from domain_events
          where published_at is null and publish_error is null and bucket_of(organisation_id) = q.bucket
            and id >= ${lowestIdAt(nowMs - unpublishedMs)} and id < q.event_id
          order by bucket_of(organisation_id), id limit ${unpublishedMax}
        ) unpublished
      ) older
      where organisation_id = q.organisation_id and (entity_id = e.entity_id or position = ${unpublishedMax})
    )`,
  )
  return rows.map(readRow)
}

/** Entities visited per walk: what one load may cost when nearly all of them wait. */
const visitsMax = 500

export interface Walked {
  bucket: number
  subscriptionId: string
  /** Entities whose oldest delivery is due. */
  due: string[]
  /** The last entity visited; null when there are no more. */
  upTo: string | null
}

/**
 * Goes from entity to entity, one index probe each, and finds those whose oldest delivery is due: a hundred thousand
 * that wait behind one cost as little as one.
 */
export async function walkEntities(
  db: Database,
  demands: readonly WalkDemand[],
): Promise<Walked[]> {
  const lanes = JSON.stringify(
    demands.map(({ bucket, subscriptionId, after, want }) => ({
      bucket,
      subscription_id: subscriptionId,
      after_key: after ?? lowestId,
      // Behind every event of the entity that was visited last; at the start, before every event.
      after_event: after === undefined ? lowestId : highestId,
      want,
    })),
  )
  return db.query(
    (sql) => sql<Walked[]>`
    with recursive visited as (
      select l.bucket, l.subscription_id, l.want, h.order_key, h.is_due, 1 as visits, h.is_due::int as found
      from json_to_recordset(${lanes}::text::json) as l(bucket smallint, subscription_id uuid, after_key uuid,
        after_event uuid, want int)
      cross join lateral (
        select d.order_key, d.due_at <= now() as is_due from delivery_queue d
        where d.bucket = l.bucket and d.subscription_id = l.subscription_id and d.order_key is not null
          and (d.order_key, d.event_id) > (l.after_key, l.after_event)
        order by d.bucket, d.subscription_id, d.order_key, d.event_id limit 1
      ) h
      union all
      select v.bucket, v.subscription_id, v.want, h.order_key, h.is_due, v.visits + 1, v.found + h.is_due::int
      from visited v cross join lateral (
        select d.order_key, d.due_at <= now() as is_due from delivery_queue d
        where d.bucket = v.bucket and d.subscription_id = v.subscription_id and d.order_key is not null
          and d.order_key > v.order_key
        order by d.bucket, d.subscription_id, d.order_key, d.event_id limit 1
      ) h
      where v.visits < ${visitsMax} and v.found < v.want
    )
    select bucket, subscription_id, coalesce(array_agg(order_key) filter (where is_due), '{}') as due,
      case when max(visits) >= ${visitsMax} or max(found) >= max(want)
        then (array_agg(order_key order by visits desc))[1] end as up_to
    from visited group by bucket, subscription_id`,
  )
}

const lowestId = '00000000-0000-0000-0000-000000000000'
const highestId = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
