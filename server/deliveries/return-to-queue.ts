import type { Fragment, Sql } from '../database/database.ts'
import { hasKey } from '../database/has-key.ts'
import { pulledBucket } from '../kernel/ids.ts'

export interface ReturnToQueue {
  /** `organisation_id` and `id` of each delivery; at most once each. */
  keys: Fragment
  replayId: string | null
}

/**
 * Common table expressions that return finished deliveries to the queue, under their own ids and with a new run before
 * them: the result is `requeued (id)`. Whoever deletes the ledger row inserts the queue row, so two replays at once make
 * one, and what is not in the ledger stays what it is.
 */
export function returnToQueue(sql: Sql, { keys, replayId }: ReturnToQueue): Fragment {
  return sql`
    finished as (
      delete from deliveries d using (${keys}) k where ${hasKey(sql, 'd', 'k.organisation_id', 'k.id')}
      returning d.*
    ), requeued as (
      insert into delivery_queue (organisation_id, id, event_id, subscription_id, bucket, attempts, attempts_before,
        trigger, last_status_code, last_error, last_outcome, order_key, replay_id)
      select f.organisation_id, f.id, event_id, subscription_id,
        case when s.mode = 'pull' then ${pulledBucket}::smallint else bucket_of(f.organisation_id) end,
        attempts, attempts, 'replay', last_status_code, last_error, last_outcome,
        case when s.ordering = 'entity' then ${orderKey(sql)} end, ${replayId}::uuid
      from finished f left join lateral (
        select mode, ordering, organisation_id from subscriptions where id = f.subscription_id
      ) s on true
      returning id
    )`
}

/** As `planDelivery` makes it, of a row `f` of the ledger and its subscription `s`. */
function orderKey(sql: Sql): Fragment {
  return sql`case when s.organisation_id is null
    then left(encode(sha256((f.organisation_id::text || f.entity_id::text)::bytea), 'hex'), 32)::uuid
    else f.entity_id end`
}

/**
 * The way back for what a replay queued and nobody has attempted: `withdrawn (id, attempts)`. A delivery that had
 * attempts is again what they made of it; one that had none is forgotten, unless it had been cancelled before. What is
 * being settled this moment is left to finish.
 */
export function returnToLedger(sql: Sql, replayId: string, isNew: boolean): Fragment {
  return sql`
    untouched as materialized (
      select q.organisation_id, q.id, q.event_id from delivery_queue q
      where q.replay_id = ${replayId} and q.attempts = q.attempts_before
      for update skip locked
    ), withdrawn as (
      delete from delivery_queue q using untouched u, domain_events e
      where ${hasKey(sql, 'q', 'u.organisation_id', 'u.id')}
        and ${hasKey(sql, 'e', 'u.organisation_id', 'u.event_id')}
      returning q.*, e.event_type, e.entity_type, e.entity_id
    ), restored as (
      insert into deliveries (organisation_id, id, event_id, subscription_id, status, attempts, trigger, event_type,
        entity_type, entity_id, last_status_code, last_error, last_outcome, last_duration_ms, finished_at)
      select w.organisation_id, w.id, w.event_id, w.subscription_id,
        case when w.attempts = 0 then 'cancelled'
          when coalesce(w.last_outcome = 'succeeded', w.last_status_code between 200 and 299) then 'succeeded'
          else 'failed' end,
        w.attempts, coalesce(a.trigger, 'event'), w.event_type, w.entity_type, w.entity_id, w.last_status_code,
        w.last_error, w.last_outcome, a.duration_ms,
        coalesce(a.started_at + a.duration_ms * interval '1 millisecond', now())
      from withdrawn w left join lateral (
        select trigger, started_at, duration_ms from delivery_attempts
        where organisation_id = w.organisation_id and delivery_id = w.id and number = w.attempts
      ) a on true
      where not ${isNew}
    )`
}
