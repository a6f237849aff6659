import type { Database, Fragment, Sql } from '../database/database.ts'
import { atKey } from '../database/has-key.ts'
import { isDataError } from '../database/sql-state.ts'
import { dueDeliveries, dueInOrder, visitsMax } from './due-deliveries.ts'

/** Of one answer, as the events are stored. */
const bytesMax = 8 * 1024 * 1024

export interface LeaseRequest {
  subscription: { id: string; ordering: 'none' | 'entity' }
  limit: number
  leaseMs: number
  /** Where order is kept: the entity that was visited last. */
  after: string | undefined
  nowMs: number
}

/** A delivery that is now leased, with its event and with the attempt before, if that had to be ended here. */
export interface LeasedRow {
  organisationId: string
  id: string
  eventId: string
  subscriptionId: string
  /** Finished ones: this attempt is the next. */
  attempts: number
  trigger: string
  leasedUntil: Date
  /** When the lease that ran out began and ended; null when there was none. */
  expiredFrom: Date | null
  expiredAt: Date | null
  /** Null when the event is gone. */
  eventType: string | null
  entityType: string
  entityId: string
  userId: string | null
  correlationId: string | null
  source: string
  createdAt: Date
  dataJson: string
}

export interface Leased {
  rows: LeasedRow[]
  /** Where order is kept: where the next look goes on; undefined at the end. */
  after: string | undefined
}

/**
 * Gives out what is due, in one statement, and nothing twice: rows are locked, and whatever has been given out is not
 * due. A lease that ran out is recorded as an attempt, without using up the retry schedule. A delivery is leased for at
 * least as many seconds as it has had attempts, so that one that its consumer dies of comes ever more rarely.
 */
export async function leaseDeliveries(db: Database, request: LeaseRequest): Promise<Leased> {
  const run = (isRecorded: boolean) =>
    db.query((sql) => statement(sql, request, isRecorded)).then((rows) => [...rows])
  const rows = await run(true).catch((error) => {
    if (!isDataError(error)) throw error
    // One is older than attempts are kept for: no partition takes it, and better no record than no delivery.
    return run(false)
  })
  const [first] = rows
  return {
    rows: rows.filter((row): row is LeasedRow & Place => row.id !== null),
    after: first?.upTo ?? undefined,
  }
}

interface Place {
  upTo: string | null
}

function statement(sql: Sql, request: LeaseRequest, isRecorded: boolean) {
  const { subscription, limit, leaseMs } = request
  const isOrdered = subscription.ordering === 'entity'
  const found = isOrdered
    ? dueInOrder(sql, { ...request, subscriptionId: subscription.id })
    : dueDeliveries(sql, subscription.id, limit)
  return sql<((LeasedRow | { id: null }) & Place)[]>`
    with recursive ${found}, chosen as materialized (
      select * from (
        select l.*, sum(size) over (order by position) - size as bytes_before
        from (
          select l.*, coalesce((select pg_column_size(e.data) from domain_events e
            where e.organisation_id = l.organisation_id and e.id = l.event_id), 0) as size
          from locked l
        ) l
      ) l
      where bytes_before < ${bytesMax}
        and exists (select from subscriptions where id = ${subscription.id} and status = 'active' and deleted_at is null)
    ), leased as (
      update delivery_queue q set
        attempts = q.attempts + (c.leased_at is not null)::int,
        attempts_before = q.attempts_before + (c.leased_at is not null)::int,
        last_outcome = case when c.leased_at is null then q.last_outcome else 'lease_expired' end,
        last_error = case when c.leased_at is null then q.last_error else ${expiredError} end,
        leased_at = now(),
        due_at = now() + greatest(${leaseMs}::bigint, (q.attempts + 1) * 1000) * interval '1 millisecond'
      from chosen c where ${atKey(sql, 'q', 'c.organisation_id', 'c.id')}
      returning q.organisation_id, q.id, q.event_id, q.subscription_id, q.attempts, q.trigger,
        q.due_at as leased_until, c.leased_at as expired_from, c.due_at as expired_at, c.position
    )${isRecorded ? recorded(sql) : sql``}
    select l.*, e.*, p.up_to from (${isOrdered ? upTo(sql, limit) : sql`select null::uuid as up_to`}) p
    left join (leased l left join lateral (
      select event_type, entity_type, entity_id, user_id, correlation_id, source, created_at, data::text as data_json
      from domain_events where organisation_id = l.organisation_id and id = l.event_id
    ) e on true) on true
    order by l.position`
}

export const expiredError = 'not acknowledged before its lease ended'

function recorded(sql: Sql): Fragment {
  return sql`, recorded as (
      insert into delivery_attempts (organisation_id, delivery_id, number, trigger, started_at, duration_ms, url,
        outcome, error, signature)
      select organisation_id, id, attempts, trigger, expired_from,
        (extract(epoch from expired_at - expired_from) * 1000)::int, '', 'lease_expired', ${expiredError}, ''
      from leased where expired_from is not null
      on conflict do nothing
    )`
}

/** The last entity visited; null when there are no more behind it. */
function upTo(sql: Sql, limit: number): Fragment {
  return sql`select case when max(visits) >= ${visitsMax} or max(found) >= ${limit}
    then (array_agg(order_key order by visits desc))[1] end as up_to from visited`
}
