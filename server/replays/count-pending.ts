import type { Fragment, Sql } from '../database/database.ts'
import { hasKey } from '../database/has-key.ts'
import { bucketsOf } from '../kernel/ids.ts'
import { matchesLedger } from './filter-sql.ts'
import { type Source, walkedSubscription } from './source.ts'

/** No more rows of the queue are looked at. */
const lookMax = 100_000

/** How many of the matching deliveries wait in the queue: they are not sent twice. */
export async function countPending(source: Source): Promise<{ count: number; complete: boolean }> {
  const { status } = source.task.filter
  if (status && !status.includes('pending')) return { count: 0, complete: true }
  const [row] = await source.db.query((sql) => select(sql, source))
  return { count: row?.count ?? 0, complete: (row?.looked ?? 0) < lookMax }
}

/** How many of a selection are neither waiting nor finished: dropped, or never there. */
export async function countUnknown(source: Source, pending: number): Promise<number> {
  const { deliveryIds } = source.task
  if (!deliveryIds) return 0
  const [row] = await source.db.query(
    (sql) => sql<{ count: number }[]>`
      select count(*)::int as count from ${selection(sql, source)}
      join deliveries d on ${hasKey(sql, 'd', 'w.organisation_id', 'w.id')}`,
  )
  return Math.max(0, deliveryIds.length - pending - (row?.count ?? 0))
}

function select(sql: Sql, source: Source) {
  const { bounds, task } = source
  const ofOrganisation = task.organisationId
    ? sql`and d.organisation_id = ${task.organisationId}`
    : sql``
  return sql<{ count: number; looked: number }[]>`
    select count(*) filter (where ${matchesLedger(sql, task.filter)} ${ofOrganisation}
      and d.id >= ${bounds.from} and d.id < ${bounds.before})::int as count, count(*)::int as looked
    from (
      select q.*, 'pending' as status, e.event_type, e.entity_type, e.entity_id
      from (${lane(sql, source)} limit ${lookMax}) q left join lateral (
        select event_type, entity_type, entity_id from domain_events e
        where ${hasKey(sql, 'e', 'q.organisation_id', 'q.event_id')}
      ) e on true
    ) d`
}

function lane(sql: Sql, source: Source): Fragment {
  const { organisationId, deliveryIds } = source.task
  if (deliveryIds) {
    return sql`select q.* from ${selection(sql, source)}
      join delivery_queue q on ${hasKey(sql, 'q', 'w.organisation_id', 'w.id')}`
  }
  const walked = walkedSubscription(source)
  if (!walked) {
    return sql`select * from delivery_queue where organisation_id = ${organisationId}`
  }
  return sql`
    select w.* from unnest(${bucketsOf(organisationId)}::smallint[]) as b(bucket) cross join lateral (
      select * from delivery_queue where bucket = b.bucket and subscription_id = ${walked}
    ) w`
}

/** The keys of a selection, as `w`. */
function selection(sql: Sql, { task }: Source): Fragment {
  return sql`(select ${task.organisationId}::uuid as organisation_id, unnest(${task.deliveryIds}::uuid[]) as id) w`
}
