import type { Fragment, Sql } from '../database/database.ts'
import { hasKey } from '../database/has-key.ts'
import { matchesLedger } from './filter-sql.ts'
import { judgeFinished } from './judge.ts'
import { type Source, walkedSubscription } from './source.ts'
import type { Position, Window } from './window.ts'

interface ScannedRow {
  organisationId: string
  id: string
  subscriptionId: string
  status: 'succeeded' | 'failed' | 'cancelled'
  matches: boolean
  eventRetained: boolean
  scanned: number
}

/** The next finished deliveries that match, of at most `limit` rows. Oldest first, which keeps the order of events. */
export async function scanLedger(
  source: Source,
  after: Position | null,
  limit: number,
): Promise<Window> {
  const { task } = source
  const rows = await source.db.query((sql) => select(sql, source, after, limit))
  const last = rows.at(-1)
  const scanned = last?.scanned ?? 0
  return {
    scanned,
    next: last && scanned === limit ? { at: positionOf(last) } : { end: true },
    candidates: rows
      .filter((row) => row.matches)
      .map((row) => ({
        position: positionOf(row),
        deliveryId: row.id,
        verdict: judgeFinished(row, source.directory.get(row.subscriptionId)?.status, task.mode),
      })),
  }
}

function select(sql: Sql, source: Source, after: Position | null, limit: number) {
  const { organisationId, filter, deliveryIds } = source.task
  return sql<ScannedRow[]>`
    with scanned as materialized (
      select d.organisation_id, d.id, d.event_id, d.subscription_id, d.status,
        coalesce(${matchesLedger(sql, filter)}, false)
          ${organisationId ? sql`and d.organisation_id = ${organisationId}` : sql``}
          as matches
      from ${deliveryIds ? selected(sql, source) : walked(sql, source, after)}
        ${after ? sql`and (d.id, d.organisation_id) > (${after.id}, ${after.organisationId})` : sql``}
      order by ${deliveryIds ? sql`` : sql`${walkedColumn(sql, source)},`} d.id, d.organisation_id
      limit ${limit}
    ), numbered as (
      select *, row_number() over (order by id, organisation_id)::int as number, count(*) over ()::int as scanned
      from scanned
    )
    select organisation_id, id, subscription_id, status, matches, scanned,
      matches and exists (
        select from domain_events e where ${hasKey(sql, 'e', 'n.organisation_id', 'n.event_id')}
      ) as event_retained
    from numbered n
    where matches or number = scanned
    order by id, organisation_id`
}

function selected(sql: Sql, { task }: Source): Fragment {
  return sql`
    (select ${task.organisationId}::uuid as organisation_id, unnest(${task.deliveryIds}::uuid[]) as id) w
    cross join deliveries d where ${hasKey(sql, 'd', 'w.organisation_id', 'w.id')}`
}

/**
 * What one index can walk and no more; the rest is judged on the rows. The ranges leave no other index, whatever the plan
 * was made for (decision 0023).
 */
function walked(sql: Sql, source: Source, after: Position | null): Fragment {
  const { bounds, task } = source
  const from = after && after.id > bounds.from ? after.id : bounds.from
  const owner = walkedSubscription(source) ?? task.organisationId
  const column = walkedColumn(sql, source)
  return sql`
    deliveries d
    where (${column}, d.id) >= (${owner}, ${from}) and (${column}, d.id) < (${owner}, ${bounds.before})
      and d.id >= ${from} and d.id < ${bounds.before}`
}

function walkedColumn(sql: Sql, source: Source): Fragment {
  return walkedSubscription(source) ? sql`d.subscription_id` : sql`d.organisation_id`
}

function positionOf({ organisationId, id }: Position): Position {
  return { organisationId, id }
}
