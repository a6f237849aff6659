import type { Database } from '../database/database.ts'

export interface DueLane {
  bucket: number
  subscriptionId: string
}

/**
 * Which lanes have something due: one index probe per lane (a loose index scan), whatever the size of their backlogs.
 */
export function findDueLanes(db: Database, buckets: readonly number[]): Promise<DueLane[]> {
  return db.query(
    (sql) => sql<DueLane[]>`
    with recursive lane as (
      select b.bucket, head.subscription_id, head.due_at
      from unnest(${buckets as number[]}::smallint[]) as b(bucket) cross join lateral (
        select subscription_id, due_at from delivery_queue
        where bucket = b.bucket order by subscription_id, due_at limit 1
      ) head
      union all
      select l.bucket, head.subscription_id, head.due_at
      from lane l cross join lateral (
        select subscription_id, due_at from delivery_queue
        where bucket = l.bucket and subscription_id > l.subscription_id order by subscription_id, due_at limit 1
      ) head
    )
    select bucket, subscription_id from lane where due_at <= now()`,
  )
}
