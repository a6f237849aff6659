import type { Database } from '../database/database.ts'

export interface FoundLane {
  bucket: number
  subscriptionId: string
  /** When its oldest row is due, milliseconds; null when none is. */
  dueAtMs: number | null
  /** Whether something in it waits in the order of its entity. */
  isOrdered: boolean
  /** Whether its oldest row does. */
  isHeadOrdered: boolean
}

/**
 * Which lanes have something due, and which have something that waits in order: one index probe per lane (a loose index
 * scan), whatever the size of their backlogs.
 */
export function findDueLanes(db: Database, buckets: readonly number[]): Promise<FoundLane[]> {
  return db.query(
    (sql) => sql<FoundLane[]>`
    with recursive lane as (
      select b.bucket, head.subscription_id, head.due_at, head.order_key
      from unnest(${buckets as number[]}::smallint[]) as b(bucket) cross join lateral (
        select subscription_id, due_at, order_key from delivery_queue
        where bucket = b.bucket order by bucket, subscription_id, due_at, id limit 1
      ) head
      union all
      select l.bucket, head.subscription_id, head.due_at, head.order_key
      from lane l cross join lateral (
        select subscription_id, due_at, order_key from delivery_queue
        where bucket = l.bucket and subscription_id > l.subscription_id
        order by bucket, subscription_id, due_at, id limit 1
      ) head
    ), ordered as (
      select b.bucket, head.subscription_id
      from unnest(${buckets as number[]}::smallint[]) as b(bucket) cross join lateral (
        select subscription_id from delivery_queue
        where bucket = b.bucket and order_key is not null
        order by bucket, subscription_id, order_key, event_id limit 1
      ) head
      union all
      select o.bucket, head.subscription_id
      from ordered o cross join lateral (
        select subscription_id from delivery_queue
        where bucket = o.bucket and subscription_id > o.subscription_id and order_key is not null
        order by bucket, subscription_id, order_key, event_id limit 1
      ) head
    )
    select bucket, subscription_id, floor(extract(epoch from due_at) * 1000)::float8 as due_at_ms,
      false as is_ordered, order_key is not null as is_head_ordered
    from lane where due_at <= now()
    union all select bucket, subscription_id, null, true, true from ordered`,
  )
}
