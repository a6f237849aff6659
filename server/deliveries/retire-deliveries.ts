import type { Database, Sql } from '../database/database.ts'
import { atKey } from '../database/has-key.ts'
import { isDataError } from '../database/sql-state.ts'
import { lowestIdAt, pulledBucket } from '../kernel/ids.ts'

const batchMax = 500
const nobody = '00000000-0000-0000-0000-000000000000'

export interface RetireRequest {
  /** The ledger has partitions from here on; what is older leaves without a row. Milliseconds. */
  ledgerFromMs: number
  /** The oldest partition of `domain_events` begins here. Milliseconds. */
  eventsFromMs: number
}

/**
 * Ends deliveries that wait for what will not come, one batch of each kind: `cancelled` where the subscription is gone
 * for good, `failed` with `event_dropped` where the event is. What is due is found by the dispatcher; this finds what is
 * held. Costs an index probe per lane; ranges of rows as in decision 0023. Returns whether there may be more.
 */
export async function retireDeliveries(db: Database, request: RetireRequest): Promise<boolean> {
  const cancelled = await retire(db, request, (sql) => ({
    status: 'cancelled',
    outcome: sql`q.last_outcome`,
    error: 'The subscription was deleted.',
    lanes: sql`not exists (select from subscriptions s where s.id = l.subscription_id)`,
    rows: sql`true`,
  }))
  const dropped = await retire(db, request, (sql) => ({
    status: 'failed',
    outcome: sql`'event_dropped'`,
    error: 'The event is not kept any more.',
    lanes: sql`true`,
    // Due before the oldest event that is kept, and so made before it: no row is looked at in vain.
    rows: sql`d.due_at < ${new Date(request.eventsFromMs)} and not exists (select from domain_events e
      where e.organisation_id = d.organisation_id and e.id = d.event_id)`,
  }))
  return cancelled === batchMax || dropped === batchMax
}

interface Retirement {
  status: 'cancelled' | 'failed'
  outcome: ReturnType<Sql>
  error: string
  /** Of `l`, the lanes that are concerned. */
  lanes: ReturnType<Sql>
  /** Of `d`, the queue rows in them. */
  rows: ReturnType<Sql>
}

async function retire(
  db: Database,
  { ledgerFromMs }: RetireRequest,
  make: (sql: Sql) => Retirement,
): Promise<number> {
  const run = (fromId: string) => db.query((sql) => statement(sql, make(sql), fromId))
  try {
    return (await run(lowestIdAt(ledgerFromMs))).length
  } catch (error) {
    if (!isDataError(error)) throw error
    // No partition takes one of them, perhaps detached by hand: better no record than a delivery that waits for ever.
    return (await run('ffffffff-ffff-ffff-ffff-ffffffffffff')).length
  }
}

function statement(sql: Sql, retirement: Retirement, ledgerFromId: string) {
  const { status, outcome, error, lanes, rows } = retirement
  return sql<{ id: string }[]>`
    with recursive lane as (
      select b.bucket, head.subscription_id
      from (select generate_series(0, ${pulledBucket}::int)::smallint as bucket) b cross join lateral (
        select subscription_id from delivery_queue where bucket = b.bucket
        order by bucket, subscription_id, due_at, id limit 1
      ) head
      union all
      select l.bucket, head.subscription_id
      from lane l cross join lateral (
        select subscription_id from delivery_queue
        where bucket = l.bucket and subscription_id > l.subscription_id
        order by bucket, subscription_id, due_at, id limit 1
      ) head
    ), chosen as materialized (
      select q.organisation_id, q.id, q.attempts
      from (select * from lane l where ${lanes}) l cross join lateral (
        select organisation_id, id, attempts from delivery_queue d
        where d.bucket = l.bucket and d.subscription_id = l.subscription_id and ${rows}
        order by d.bucket, d.subscription_id, d.due_at, d.id limit ${batchMax}
      ) q limit ${batchMax}
    ), removed as (
      delete from delivery_queue q using chosen c
      where ${atKey(sql, 'q', 'c.organisation_id', 'c.id')} and q.attempts = c.attempts
      returning q.*
    ), recorded as (
      insert into deliveries (organisation_id, id, event_id, subscription_id, status, attempts, trigger, event_type,
        entity_type, entity_id, last_status_code, last_error, last_outcome, replay_id)
      select q.organisation_id, q.id, q.event_id, q.subscription_id, ${status}, q.attempts, q.trigger,
        coalesce(e.event_type, 'unknown'), coalesce(e.entity_type, 'unknown'),
        coalesce(e.entity_id, ${nobody}), q.last_status_code, ${error}, ${outcome}, q.replay_id
      from removed q
      left join domain_events e on e.organisation_id = q.organisation_id and e.id = q.event_id
      where q.id >= ${ledgerFromId}
      on conflict do nothing
    )
    select id from removed`
}
