import type { Database } from '../database/database.ts'
import { classCount } from './duration-classes.ts'
import type { StatRow } from './tally.ts'

/** Class by class and spelt out: a subquery over the arrays would cost more than the rest of the row. */
const sumOfHistograms = `array[${Array.from({ length: classCount }, (_, index) => {
  const position = index + 1
  return `s.duration_histogram[${position}] + excluded.duration_histogram[${position}]`
}).join(', ')}]`

/**
 * Adds to what is there, in one statement. In the order of the key, so that two dispatchers that add to the same rows
 * wait for each other and never in a circle.
 */
export async function writeStats(db: Database, rows: readonly StatRow[]): Promise<void> {
  const records = rows.map(toRecord).sort((a, b) => (a.key < b.key ? -1 : 1))
  await db.query(
    (sql) => sql`
    insert into delivery_stats as s (organisation_id, grain_minutes, at, subscription_id, event_type,
      attempts_succeeded, attempts_redirect, attempts_client_error, attempts_server_error, attempts_timeout,
      attempts_network, deliveries_succeeded, deliveries_failed, duration_ms_total, duration_histogram)
    select organisation_id, grain_minutes, at, subscription_id, event_type,
      attempts_succeeded, attempts_redirect, attempts_client_error, attempts_server_error, attempts_timeout,
      attempts_network, deliveries_succeeded, deliveries_failed, duration_ms_total, duration_histogram
    from json_to_recordset(${JSON.stringify(records)}::text::json) as r(
      organisation_id uuid, grain_minutes smallint, at timestamptz, subscription_id uuid, event_type text,
      attempts_succeeded int, attempts_redirect int, attempts_client_error int, attempts_server_error int,
      attempts_timeout int, attempts_network int, deliveries_succeeded int, deliveries_failed int,
      duration_ms_total bigint, duration_histogram int[])
    on conflict (organisation_id, grain_minutes, at, subscription_id, event_type) do update set
      attempts_succeeded = s.attempts_succeeded + excluded.attempts_succeeded,
      attempts_redirect = s.attempts_redirect + excluded.attempts_redirect,
      attempts_client_error = s.attempts_client_error + excluded.attempts_client_error,
      attempts_server_error = s.attempts_server_error + excluded.attempts_server_error,
      attempts_timeout = s.attempts_timeout + excluded.attempts_timeout,
      attempts_network = s.attempts_network + excluded.attempts_network,
      deliveries_succeeded = s.deliveries_succeeded + excluded.deliveries_succeeded,
      deliveries_failed = s.deliveries_failed + excluded.deliveries_failed,
      duration_ms_total = s.duration_ms_total + excluded.duration_ms_total,
      duration_histogram = ${sql.unsafe(sumOfHistograms)}`,
  )
}

function toRecord(row: StatRow) {
  const { organisationId, grain, at, subscriptionId, eventType, attempts } = row
  return {
    key: `${organisationId}${grain}/${at}${subscriptionId}${eventType}`,
    organisation_id: organisationId,
    grain_minutes: grain,
    at: `${at}Z`,
    subscription_id: subscriptionId,
    event_type: eventType,
    attempts_succeeded: attempts.succeeded,
    attempts_redirect: attempts.redirect,
    attempts_client_error: attempts.clientError,
    attempts_server_error: attempts.serverError,
    attempts_timeout: attempts.timeout,
    attempts_network: attempts.network,
    deliveries_succeeded: row.succeeded,
    deliveries_failed: row.failed,
    duration_ms_total: row.durationMsTotal,
    duration_histogram: row.histogram,
  }
}
