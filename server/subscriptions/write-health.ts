import type { Database } from '../database/database.ts'
import { type Health, mergeHealth, shiftHealth, unknownHealth } from './health.ts'
import type { HealthColumn } from './store.ts'

/**
 * Joins what this process has seen with what all have written. Times are put on the database's clock, which all share.
 * Answers the subscriptions for which nothing has succeeded for `disableAfterMs`.
 */
export async function writeHealth(
  db: Database,
  seen: ReadonlyMap<string, Health>,
  nowMs: number,
): Promise<{ merged: ReadonlyMap<string, Health>; nowMs: number }> {
  const ids = [...seen.keys()].sort()
  return db.transaction(async (tx) => {
    await tx`
      insert into subscription_health (subscription_id, organisation_id)
      select id, organisation_id from subscriptions where id = any(${ids}::uuid[]) order by id
      on conflict do nothing`
    const rows = await tx<{ id: string; health: HealthColumn; now: Date }[]>`
      select h.subscription_id as id, row_to_json(h) as health, clock_timestamp() as now
      from subscription_health h where h.subscription_id = any(${ids}::uuid[])
      order by h.subscription_id for update`
    const dbNowMs = rows[0]?.now.getTime() ?? nowMs
    const merged = new Map(
      rows.map(({ id, health }) => {
        const delta = shiftHealth(seen.get(id) ?? unknownHealth, dbNowMs - nowMs)
        return [id, mergeHealth(toHealth(health), delta)]
      }),
    )
    await tx`
      update subscription_health h set failing_since = m.failing_since, consecutive_failures = m.consecutive_failures,
        last_success_at = m.last_success_at, last_failure_at = m.last_failure_at, last_outcome = m.last_outcome,
        last_error = m.last_error
      from json_to_recordset(${JSON.stringify([...merged].map(toColumns))}::text::json) as m(subscription_id uuid,
        failing_since timestamptz, consecutive_failures int, last_success_at timestamptz, last_failure_at timestamptz,
        last_outcome text, last_error text)
      where h.subscription_id = m.subscription_id`
    return { merged, nowMs: dbNowMs }
  })
}

export function toHealth(column: HealthColumn | null): Health {
  const time = (text: string | null | undefined) => (text ? Date.parse(text) : null)
  return {
    failingSinceMs: time(column?.failing_since),
    consecutiveFailures: column?.consecutive_failures ?? 0,
    lastSuccessAtMs: time(column?.last_success_at),
    lastFailureAtMs: time(column?.last_failure_at),
    lastOutcome: column?.last_outcome ?? null,
    lastError: column?.last_error ?? null,
  }
}

function toColumns([id, health]: [string, Health]): HealthColumn & { subscription_id: string } {
  const time = (atMs: number | null) => (atMs === null ? null : new Date(atMs).toISOString())
  return {
    subscription_id: id,
    failing_since: time(health.failingSinceMs),
    consecutive_failures: health.consecutiveFailures,
    last_success_at: time(health.lastSuccessAtMs),
    last_failure_at: time(health.lastFailureAtMs),
    last_outcome: health.lastOutcome,
    last_error: health.lastError,
  }
}
