import type { Sql } from './cluster.ts'
import { entityType, eventType } from './webhook.ts'

const organisations = 1000
/** Rows per statement, so that none takes longer than statements may. */
const chunkRows = 500_000

/**
 * Finished deliveries of the last three days: ledger, attempts and events, as if a thousand organisations had had as many
 * each. Vacuumed and checkpointed, as after a quiet night.
 */
export async function fillHistory(sql: Sql, deliveries: number): Promise<void> {
  for (let from = 0; from < deliveries; from += chunkRows) {
    const to = Math.min(deliveries, from + chunkRows) - 1
    await sql`
      with made as materialized (
        select uuidv7(-interval '3 days' * (1 - n::float / ${deliveries})) as id,
          ('019a0000-0000-7000-8000-' || lpad(to_hex(n % ${organisations}), 12, '0'))::uuid as organisation_id,
          ('019a0000-0000-7000-9000-' || lpad(to_hex(n % ${organisations}), 12, '0'))::uuid as subscription_id
        from generate_series(${from}::int, ${to}::int) n
      ), events as (
        insert into domain_events (id, organisation_id, entity_type, entity_id, event_type, data, published_at)
        select id, organisation_id, ${entityType}, id, ${eventType}, '{"from": "open", "to": "resolved"}', now() from made
      ), attempts as (
        insert into delivery_attempts (organisation_id, delivery_id, number, trigger, started_at, duration_ms, first_byte_ms,
          url, outcome, status_code, signature, response_headers, response_body, response_body_encoding)
        select organisation_id, id, 1, 'event', now(), 3, 3, 'https://receiver.example/webhooks', 'succeeded', 200,
          'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=', '{"content-type": "text/plain", "content-length": "2"}', 'ok', 'utf8'
        from made
      )
      insert into deliveries (organisation_id, id, event_id, subscription_id, status, attempts, trigger, event_type,
        entity_type, entity_id, last_status_code, last_outcome, last_duration_ms)
      select organisation_id, id, id, subscription_id, 'succeeded', 1, 'event', ${eventType}, ${entityType}, id, 200,
        'succeeded', 3
      from made`
  }
  for (const table of ['domain_events', 'deliveries', 'delivery_attempts']) {
    await sql.unsafe(`vacuum (analyze) ${table}`)
  }
  await sql`checkpoint`
}

/** Deliveries that are due and wait for one subscription, each of an event of its own. */
export async function fillQueue(
  sql: Sql,
  organisationId: string,
  subscriptionId: string,
  deliveries: number,
): Promise<void> {
  for (let from = 0; from < deliveries; from += chunkRows) {
    await sql`
      with made as materialized (
        select uuidv7() as id from generate_series(${from}::int, ${Math.min(deliveries, from + chunkRows) - 1}::int)
      ), events as (
        insert into domain_events (id, organisation_id, entity_type, entity_id, event_type, data, published_at)
        select id, ${organisationId}, ${entityType}, id, ${eventType}, '{"from": "open", "to": "resolved"}', now() from made
      )
      insert into delivery_queue (organisation_id, id, event_id, subscription_id, bucket)
      select ${organisationId}, id, id, ${subscriptionId}, bucket_of(${organisationId}) from made`
  }
  await sql`vacuum (analyze) delivery_queue`
  await sql`vacuum (analyze) domain_events`
  await sql`checkpoint`
}
