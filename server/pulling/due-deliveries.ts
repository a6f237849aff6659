import type { Fragment, Sql } from '../database/database.ts'
import { atKey } from '../database/has-key.ts'
import { lowestIdAt, pulledBucket } from '../kernel/ids.ts'

/*
 * Which deliveries are given out, as common table expressions that end in `locked`: rows of the queue that are due, in
 * their order (`position`), locked, and passed over where another pull has them. Costs what is asked for, whatever waits.
 */

/** Of the lane, the longest due. */
export function dueDeliveries(sql: Sql, subscriptionId: string, limit: number): Fragment {
  return sql`
    due as materialized (
      select organisation_id, id, event_id, attempts, due_at, leased_at from delivery_queue
      where bucket = ${pulledBucket} and subscription_id = ${subscriptionId} and due_at <= now()
      order by bucket, subscription_id, due_at, id limit ${limit} for update skip locked
    ), locked as materialized (
      select *, row_number() over () as position from due
    )`
}

/** Entities visited per look, and rows without an order looked over. */
export const visitsMax = 1000
const unorderedMax = 200
/** Events not yet published that are looked at, per delivery; and how far back. As in sending (decision 0015). */
const unpublishedMax = 200
const unpublishedMs = 3_600_000

export interface OrderedDemand {
  subscriptionId: string
  limit: number
  /** The entity that was visited last. */
  after: string | undefined
  nowMs: number
}

/**
 * Where order is kept: of some entities the oldest, as long as each is due and locked here. What follows one that is
 * leased, fails or is locked by another pull stays, and so does what an unpublished event of the entity must precede.
 * Beside them what was queued without an order. `visited` says how far it went. Nothing is locked in a subquery: Postgres
 * crashed on that (decision 0034).
 */
export function dueInOrder(sql: Sql, demand: OrderedDemand): Fragment {
  const { subscriptionId, limit, nowMs } = demand
  const after = demand.after ?? '00000000-0000-0000-0000-000000000000'
  const lane = (alias: string) =>
    sql`${sql(alias)}.bucket = ${pulledBucket} and ${sql(alias)}.subscription_id = ${subscriptionId}`
  const head = (from: Fragment) => sql`
    select d.order_key, d.due_at <= now() as is_due from delivery_queue d
    where ${lane('d')} and d.order_key is not null and d.order_key > ${from}
    order by d.bucket, d.subscription_id, d.order_key, d.event_id limit 1`
  return sql`
    visited as (
      select h.order_key, h.is_due, 1 as visits, h.is_due::int as found from (${head(sql`${after}::uuid`)}) h
      union all
      select h.order_key, h.is_due, v.visits + 1, v.found + h.is_due::int
      from visited v cross join lateral (${head(sql`v.order_key`)}) h
      where v.visits < ${visitsMax} and v.found < ${limit}
    ), heads as materialized (
      select order_key, visits, greatest(1, ${limit}::int / count(*) over ()) as share from visited where is_due
    ), wanted as materialized (
      select c.*, row_number() over () as position from (
        select organisation_id, id, event_id, order_key, bool_and(is_next) over (partition by order_key order by event_id)
          as may from (
            select d.*, d.due_at <= now() and not exists (
              select from (
                select organisation_id, entity_id, row_number() over () as place from (
                  select organisation_id, entity_id from domain_events
                  where published_at is null and publish_error is null
                    and bucket_of(organisation_id) = bucket_of(d.organisation_id)
                    and id >= ${lowestIdAt(nowMs - unpublishedMs)} and id < d.event_id
                  order by bucket_of(organisation_id), id limit ${unpublishedMax}
                ) unpublished
              ) older
              where organisation_id = d.organisation_id and (entity_id = d.entity_id or place = ${unpublishedMax})
            ) as is_next
            from heads h cross join lateral (
              select d.*, (select entity_id from domain_events e
                where e.organisation_id = d.organisation_id and e.id = d.event_id) as entity_id
              from delivery_queue d where ${lane('d')} and d.order_key = h.order_key
              order by d.bucket, d.subscription_id, d.order_key, d.event_id limit h.share
            ) d
          ) judged
      ) c where c.may limit ${limit}
    ), taken as materialized (
      select q.organisation_id, q.id, q.event_id, q.attempts, q.due_at, q.leased_at, w.position
      from wanted w join delivery_queue q on ${atKey(sql, 'q', 'w.organisation_id', 'w.id')}
      where q.due_at <= now() for update of q skip locked
    ), obtained as materialized (
      select t.*, bool_and(t.id is not null) over (partition by w.order_key order by w.position) as is_whole
      from wanted w left join taken t on t.position = w.position
    ), loose as materialized (
      select organisation_id, id from (
        select organisation_id, id, order_key from delivery_queue d where ${lane('d')} and d.due_at <= now()
        order by d.bucket, d.subscription_id, d.due_at, d.id limit ${unorderedMax}
      ) d where order_key is null limit ${limit}
    ), unordered as materialized (
      select q.organisation_id, q.id, q.event_id, q.attempts, q.due_at, q.leased_at
      from loose w join delivery_queue q on ${atKey(sql, 'q', 'w.organisation_id', 'w.id')}
      where q.due_at <= now() for update of q skip locked
    ), locked as materialized (
      select organisation_id, id, event_id, attempts, due_at, leased_at, position from obtained where is_whole
      union all
      select *, ${limit} + row_number() over () from unordered
      limit ${limit}
    )`
}
