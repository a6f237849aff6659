import type postgres from 'postgres'
import { hourMs, organisations, subscriptions } from './seed-ids.ts'

export const largeLogDeliveries = 100_000
const spanMs = 6 * hourMs

/** Two deliveries per event by SQL, one in fifty failed; as many as a busy morning has. */
export async function seedLargeLog(sql: postgres.Sql, nowMs: number): Promise<void> {
  const events = largeLogDeliveries / 2
  const startMs = nowMs - spanMs
  await sql.unsafe(`create function pg_temp.seed_id(ms bigint, seed text) returns uuid language sql immutable as $$
    select (substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-7' || substr(m, 1, 3) || '-8' || substr(m, 4, 3) || '-' ||
      substr(m, 7, 12))::uuid from (select lpad(to_hex(ms), 12, '0') as h, md5(seed) as m) s $$`)
  const made = `(select n, (${startMs} + n * ${spanMs / events})::bigint as ms,
    to_timestamp((${startMs} + n * ${spanMs / events}) / 1000) as at,
    pg_temp.seed_id(1, 'entity' || n % 500) as entity_id,
    (array['IssueCreated', 'IssueStatusChanged', 'IssueNoteAdded'])[1 + n % 3] as event_type
    from generate_series(0, ${events - 1}) n) s`
  await sql.unsafe(`insert into domain_events (id, organisation_id, entity_type, entity_id, event_type, data, published_at, created_at)
    select pg_temp.seed_id(ms, 'event' || n), '${organisations.large.id}', 'Issue', entity_id, event_type,
      '{"from": "open", "to": "closed"}', at, at from ${made}`)
  await sql.unsafe(`insert into deliveries (organisation_id, id, event_id, subscription_id, status, attempts, trigger,
      event_type, entity_type, entity_id, last_status_code, last_error, last_outcome, last_duration_ms, finished_at)
    select '${organisations.large.id}', pg_temp.seed_id(ms, 'delivery' || n || subscription_id),
      pg_temp.seed_id(ms, 'event' || n), subscription_id::uuid,
      case when n % 50 = 0 then 'failed' else 'succeeded' end, 1, 'event', event_type, 'Issue', entity_id,
      case when n % 50 = 0 then 503 else 200 end, case when n % 50 = 0 then 'answered 503' end,
      case when n % 50 = 0 then 'http_status' else 'succeeded' end, 20 + n % 400, at
    from ${made}, (values ('${subscriptions.largeOne}'), ('${subscriptions.largeTwo}')) v(subscription_id)`)
  await sql.unsafe(`insert into delivery_attempts (organisation_id, delivery_id, number, trigger, started_at, duration_ms,
      url, outcome, status_code, error, signature)
    select organisation_id, id, 1, 'event', finished_at, last_duration_ms, 'https://one.northgate.example/hooks',
      last_outcome, last_status_code, last_error, 'v1,c2VlZGVk'
    from deliveries where organisation_id = '${organisations.large.id}'`)
}
