import { arrayLiteral, textArrayLiteral } from '../database/array-literal.ts'
import type { Database, Sql } from '../database/database.ts'
import { atKey } from '../database/has-key.ts'
import { isUniqueViolation } from '../database/sql-state.ts'
import type { DeliveryStatus } from './state.ts'

/** An attempt and what was decided of its delivery; one row of the statement, named as its columns. */
export interface Settlement {
  organisation_id: string
  id: string
  /** Attempts before this one: the fence. Whoever settled in between has made it differ. */
  attempts: number
  status: DeliveryStatus
  delay_ms: number | null
  event_id: string
  subscription_id: string
  event_type: string
  entity_type: string
  entity_id: string
  trigger: string
  started_at: string
  duration_ms: number
  connect_ms: number | null
  first_byte_ms: number | null
  url: string
  outcome: string
  status_code: number | null
  error: string | null
  signature: string
  request_headers: Record<string, string> | null
  response_headers: Record<string, string> | null
  response_body: string | null
  response_body_encoding: 'utf8' | 'base64' | null
  response_truncated: boolean
}

/** Columns whose values need no quotes in an array literal: uuids, numbers, times, names of ours. */
type PlainColumn = {
  [Name in keyof Settlement]: Name extends TextColumn | 'request_headers' | 'response_headers'
    ? never
    : Name
}[keyof Settlement]
type TextColumn = 'event_type' | 'entity_type' | 'url' | 'error' | 'signature' | 'response_body'

/** An event of our own to store, unpublished: a row of `domain_events`, named as its columns. */
export interface Announcement {
  id: string
  organisation_id: string
  entity_type: string
  entity_id: string
  event_type: string
  source: string
  data: Record<string, unknown>
}

/**
 * Records attempts and moves their deliveries on, in one statement: finished ones leave the queue for the ledger,
 * others wait for their next attempt. Returns the ids that counted; one that is missing was settled by someone else.
 * An announcement is stored with the end of the delivery that is its entity: both, or neither.
 */
export async function settleDeliveries(
  db: Database,
  settlements: readonly Settlement[],
  announcements: readonly Announcement[] = [],
): Promise<Set<string>> {
  try {
    return await settle(db, settlements, announcements, false)
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    return settle(db, settlements, announcements, true)
  }
}

/**
 * Nothing is recorded twice, for whoever takes the row out of the queue records it. Should a row be there all the same,
 * put there by hand, it is kept (`tolerant`); to expect that at every insert would cost a tenth of the statement.
 */
async function settle(
  db: Database,
  settlements: readonly Settlement[],
  announcements: readonly Announcement[],
  tolerant: boolean,
): Promise<Set<string>> {
  const plain = (name: PlainColumn) => arrayLiteral(settlements.map((one) => one[name]))
  const text = (name: TextColumn) => textArrayLiteral(settlements.map((one) => one[name]))
  const json = (name: 'request_headers' | 'response_headers') =>
    textArrayLiteral(settlements.map((one) => one[name] && JSON.stringify(one[name])))
  const rows = await db.query(
    (sql) => sql<{ id: string }[]>`
    with result as materialized (
      select * from unnest(
        ${plain('organisation_id')}::text::uuid[], ${plain('id')}::text::uuid[],
        ${plain('attempts')}::text::smallint[], ${plain('status')}::text::text[],
        ${plain('delay_ms')}::text::bigint[], ${plain('event_id')}::text::uuid[],
        ${plain('subscription_id')}::text::uuid[], ${text('event_type')}::text::text[],
        ${text('entity_type')}::text::text[], ${plain('entity_id')}::text::uuid[],
        ${plain('trigger')}::text::text[], ${plain('started_at')}::text::timestamptz[],
        ${plain('duration_ms')}::text::int[], ${plain('connect_ms')}::text::int[],
        ${plain('first_byte_ms')}::text::int[], ${text('url')}::text::text[],
        ${plain('outcome')}::text::text[], ${plain('status_code')}::text::smallint[],
        ${text('error')}::text::text[], ${text('signature')}::text::text[],
        ${json('request_headers')}::text::text[], ${json('response_headers')}::text::text[],
        ${text('response_body')}::text::text[], ${plain('response_body_encoding')}::text::text[],
        ${plain('response_truncated')}::text::boolean[]
      ) as r(organisation_id, id, attempts, status, delay_ms, event_id, subscription_id, event_type, entity_type,
        entity_id, trigger, started_at, duration_ms, connect_ms, first_byte_ms, url, outcome, status_code, error,
        signature, request_headers, response_headers, response_body, response_body_encoding, response_truncated)
    ), removed as (
      delete from delivery_queue q using result r
      where ${atKey(sql, 'q', 'r.organisation_id', 'r.id')} and q.attempts = r.attempts
        and r.status <> 'pending'
      returning r.*, q.replay_id
    ), rescheduled as (
      update delivery_queue q
      set attempts = q.attempts + 1, leased_at = null, due_at = now() + r.delay_ms * interval '1 millisecond',
        last_status_code = r.status_code, last_error = r.error, last_outcome = r.outcome
      from result r
      where ${atKey(sql, 'q', 'r.organisation_id', 'r.id')} and q.attempts = r.attempts
        and r.status = 'pending'
      returning r.*, q.replay_id
    ), recorded as (
      insert into delivery_attempts (organisation_id, delivery_id, number, trigger, started_at, duration_ms,
        connect_ms, first_byte_ms, url, outcome, status_code, error, signature, request_headers, response_headers,
        response_body, response_body_encoding, response_truncated)
      select organisation_id, id, attempts + 1, trigger, started_at, duration_ms, connect_ms, first_byte_ms, url,
        outcome, status_code, error, signature, request_headers::jsonb, response_headers::jsonb, response_body,
        response_body_encoding, response_truncated
      from (select * from removed union all select * from rescheduled) settled
      ${tolerant ? sql`on conflict do nothing` : sql``}
    ), finished as (
      insert into deliveries (organisation_id, id, event_id, subscription_id, status, attempts, trigger, event_type,
        entity_type, entity_id, last_status_code, last_error, last_outcome, last_duration_ms, replay_id)
      select organisation_id, id, event_id, subscription_id, status, attempts + 1, trigger, event_type, entity_type,
        entity_id, status_code, error, outcome, duration_ms, replay_id
      from removed
      ${tolerant ? sql`on conflict do nothing` : sql``}
    )${announcements.length === 0 ? sql`` : announced(sql, announcements)}
    select id from removed union all select id from rescheduled`,
  )
  return new Set(rows.map((row) => row.id))
}

/** Left out when there is nothing to announce: the usual statement stays as it is. */
function announced(sql: Sql, announcements: readonly Announcement[]) {
  return sql`, announced as (
      insert into domain_events (id, organisation_id, entity_type, entity_id, event_type, source, data)
      select a.id, a.organisation_id, a.entity_type, a.entity_id, a.event_type, a.source, a.data
      from json_to_recordset(${JSON.stringify(announcements)}::text::json) as a(id uuid, organisation_id uuid,
        entity_type text, entity_id uuid, event_type text, source text, data jsonb)
      join removed r on r.organisation_id = a.organisation_id and r.id = a.entity_id
    )`
}

/** Takes a delivery out of the queue although nothing of it can be recorded: its partition is gone. */
export async function abandonDelivery(
  db: Database,
  organisationId: string,
  id: string,
): Promise<void> {
  await db.query(
    (sql) =>
      sql`delete from delivery_queue where organisation_id = ${organisationId} and id = ${id}`,
  )
}
