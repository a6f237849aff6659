import type { Database, Fragment, Sql } from '../database/database.ts'
import { hasKey } from '../database/has-key.ts'
import { returnToQueue } from '../deliveries/index.ts'
import type { ReplayJob } from './jobs.ts'
import { addSkipped, type Batch } from './window.ts'

/**
 * Queues a batch and moves the cursor in one statement, so that a crash repeats nothing and loses nothing. The row lock
 * and the comparison are the fence: of a worker that lost the replay, or whose replay was paused or cancelled, nothing
 * counts. Returns how many were queued, or undefined for that case.
 */
export async function queueBatch(
  db: Database,
  job: ReplayJob,
  owner: string,
  batch: Batch,
): Promise<number | undefined> {
  const rows = await db.query(
    (sql) => sql<{ held: number; queued: number }[]>`
    with held as materialized (
      select id from replays
      where id = ${job.id} and owner = ${owner} and status = 'running'
        and cursor is not distinct from ${job.cursor && JSON.stringify(job.cursor)}::text::jsonb
      for update
    ), ${job.mode === 'missing' ? create(sql, job, batch) : giveBack(sql, job, batch)},
    counted as (
      select count(*)::int as queued from requeued
    ), advanced as (
      update replays r set cursor = ${JSON.stringify(batch.next)}::text::jsonb, queued = r.queued + c.queued,
        skipped = jsonb_set(${JSON.stringify(addSkipped(job.skipped, batch.skipped))}::text::jsonb, '{pending}',
          to_jsonb(${job.skipped.pending + batch.skipped.pending + batch.send.length}::int - c.queued)),
        updated_at = now()
      from held, counted c where r.id = held.id
    )
    select (select count(*)::int from held) as held, queued from counted`,
  )
  return rows[0]?.held ? rows[0].queued : undefined
}

/** What somebody else returned meanwhile is no longer in the ledger, and counts as pending. */
function giveBack(sql: Sql, job: ReplayJob, batch: Batch): Fragment {
  const ids = batch.send.map(({ deliveryId, position }) => ({
    id: deliveryId,
    organisation_id: position.organisationId,
  }))
  const keys = sql`
    select w.organisation_id, w.id
    from held, json_to_recordset(${JSON.stringify(ids)}::text::json) as w(organisation_id uuid, id uuid)`
  return returnToQueue(sql, { keys, replayId: job.id })
}

/** The primary key of the queue and the look into the ledger keep a delivery the only one of its pair. */
function create(sql: Sql, job: ReplayJob, batch: Batch): Fragment {
  const planned = JSON.stringify(batch.send.map((candidate) => candidate.planned))
  return sql`
    requeued as (
      insert into delivery_queue (organisation_id, id, event_id, subscription_id, bucket, trigger, order_key, replay_id)
      select w.organisation_id, w.id, w.event_id, w.subscription_id, w.bucket, w.trigger, w.order_key, ${job.id}::uuid
      from held, json_to_recordset(${planned}::text::json) as w(organisation_id uuid, id uuid, event_id uuid,
        subscription_id uuid, bucket smallint, trigger text, order_key uuid)
      where not exists (select from deliveries d where ${hasKey(sql, 'd', 'w.organisation_id', 'w.id')})
      on conflict do nothing
      returning id
    )`
}
