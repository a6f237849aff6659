import type { Database } from '../database/database.ts'
import { hasKey } from '../database/has-key.ts'
import type { Settlement } from './settle-deliveries.ts'

/**
 * Records attempts of deliveries that were withdrawn from the queue while they were under way: a replay was cancelled,
 * or the delivery.
 * The ledger row has the number of attempts that the sender saw, or there is none of the first attempt; that is the
 * fence here. A success counts; a failure leaves the status as it was. Returns the ids that counted.
 */
export async function settleWithdrawn(
  db: Database,
  settlements: readonly Settlement[],
): Promise<string[]> {
  const rows = await db.query(
    (sql) => sql<{ id: string }[]>`
    with result as materialized (
      select * from json_to_recordset(${JSON.stringify(settlements)}::text::json) as r(
        organisation_id uuid, id uuid, attempts smallint, status text, event_id uuid,
        subscription_id uuid, event_type text, entity_type text, entity_id uuid, trigger text, started_at timestamptz,
        duration_ms int, connect_ms int, first_byte_ms int, url text, outcome text, status_code smallint, error text,
        signature text, request_headers jsonb, response_headers jsonb, response_body text,
        response_body_encoding text, response_truncated boolean)
    ), restored as (
      update deliveries d
      set attempts = d.attempts + 1, status = case when r.status = 'succeeded' then r.status else d.status end,
        trigger = r.trigger, last_status_code = r.status_code, last_error = r.error, last_outcome = r.outcome,
        last_duration_ms = r.duration_ms, finished_at = now()
      from result r
      where ${hasKey(sql, 'd', 'r.organisation_id', 'r.id')} and d.attempts = r.attempts
      returning d.organisation_id, d.id
    ), forgotten as (
      insert into deliveries (organisation_id, id, event_id, subscription_id, status, attempts, trigger, event_type,
        entity_type, entity_id, last_status_code, last_error, last_outcome, last_duration_ms)
      select organisation_id, id, event_id, subscription_id,
        case when status = 'succeeded' then status else 'failed' end, 1, trigger, event_type, entity_type, entity_id,
        status_code, error, outcome, duration_ms
      from result r
      where r.attempts = 0 and r.trigger = 'replay'
        and not exists (select from delivery_queue q where ${hasKey(sql, 'q', 'r.organisation_id', 'r.id')})
        and not exists (select from deliveries d where ${hasKey(sql, 'd', 'r.organisation_id', 'r.id')})
      on conflict do nothing
      returning organisation_id, id
    ), settled as (
      select r.* from result r
      join (select * from restored union all select * from forgotten) s
        on s.organisation_id = r.organisation_id and s.id = r.id
    ), recorded as (
      insert into delivery_attempts (organisation_id, delivery_id, number, trigger, started_at, duration_ms,
        connect_ms, first_byte_ms, url, outcome, status_code, error, signature, request_headers, response_headers,
        response_body, response_body_encoding, response_truncated)
      select organisation_id, id, attempts + 1, trigger, started_at, duration_ms, connect_ms, first_byte_ms, url,
        outcome, status_code, error, signature, request_headers, response_headers, response_body,
        response_body_encoding, response_truncated
      from settled
      on conflict do nothing
    )
    select id from settled`,
  )
  return rows.map((row) => row.id)
}
