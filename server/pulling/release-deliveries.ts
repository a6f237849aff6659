import { arrayLiteral } from '../database/array-literal.ts'
import type { Database } from '../database/database.ts'
import { atKey } from '../database/has-key.ts'
import { isDataError } from '../database/sql-state.ts'
import type { LeaseRow } from './read-leases.ts'

/**
 * Takes back what nobody has begun with: it is due at once, and nothing of its retry schedule is used. The attempt is
 * recorded, so that no two leases have the same number. Returns the ids that counted.
 */
export async function releaseDeliveries(
  db: Database,
  rows: readonly LeaseRow[],
): Promise<Set<string>> {
  const released = await run(db, rows, true).catch((error) => {
    if (!isDataError(error)) throw error
    // One is older than attempts are kept for.
    return run(db, rows, false)
  })
  return new Set(released.map(({ id }) => id))
}

function run(db: Database, rows: readonly LeaseRow[], isRecorded: boolean) {
  return db.query(
    (sql) => sql<{ id: string }[]>`
    with named as materialized (
      select * from unnest(
        ${arrayLiteral(rows.map((row) => row.organisationId))}::text::uuid[],
        ${arrayLiteral(rows.map((row) => row.id))}::text::uuid[],
        ${arrayLiteral(rows.map((row) => row.attempts))}::text::smallint[],
        ${arrayLiteral(rows.map((row) => row.leasedAt?.toISOString() ?? null))}::text::timestamptz[]
      ) as n(organisation_id, id, attempts, leased_at)
    ), released as (
      update delivery_queue q
      set attempts = q.attempts + 1, attempts_before = q.attempts_before + 1, leased_at = null, due_at = now()
      from named n
      where ${atKey(sql, 'q', 'n.organisation_id', 'n.id')} and q.attempts = n.attempts and q.leased_at is not null
      returning q.organisation_id, q.id, q.attempts, q.trigger, n.leased_at
    )${
      isRecorded
        ? sql`, recorded as (
      insert into delivery_attempts (organisation_id, delivery_id, number, trigger, started_at, duration_ms, url,
        outcome, signature)
      select organisation_id, id, attempts, trigger, leased_at,
        greatest(0, extract(epoch from now() - leased_at) * 1000)::int, '', 'released', ''
      from released
      on conflict do nothing
    )`
        : sql``
    }
    select id from released`,
  )
}
