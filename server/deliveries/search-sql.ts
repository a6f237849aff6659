import type { Tx } from '../database/database.ts'
import type { DeliveryFilter } from './filter-schema.ts'
import { filterSql } from './filter-sql.ts'
import type { SearchPlan } from './plan-search.ts'
import { entityEventsScan, lanesScan, ledgerScan, queueScan } from './scan-sql.ts'

type Fragment = ReturnType<Tx>

export interface SearchLimits {
  /** Matching rows per side. */
  hits: number
  /** Candidates of the ledger, of which some match. */
  ledgerScan: number
  /** Candidates of the queue. They cost more: what they are about is in their event. */
  queueScan: number
  /** Events of one entity, whose deliveries are the candidates then. */
  entityEvents: number
}

export type HitColumn =
  | 'id'
  | 'status'
  | 'event_type'
  | 'subscription_id'
  | 'last_status_code'
  | 'last_error'
  | 'last_outcome'

export interface SearchParts {
  plan: SearchPlan
  filter: DeliveryFilter
  failing?: boolean
  limits: SearchLimits
  /** Columns of the hits. @default all of them */
  columns?: readonly HitColumn[]
}

/**
 * The beginning of a statement (`with …`) that makes two relations of one snapshot: `hits`, the matching rows of both
 * sides as a ledger row looks, and `edge`, at most one row: the id down to which every match is among the hits. Without
 * one there is nothing more to find.
 */
export function searchSql(tx: Tx, parts: SearchParts): Fragment {
  const { plan, filter, limits, columns } = parts
  const hits: Fragment[] = []
  const edges: Fragment[] = []
  let sql = tx`with`
  const add = (name: Fragment, body: Fragment) => {
    sql = tx`${sql} ${name} as materialized (${body}),`
  }
  const edgeOf = (side: { scan: Fragment; hits: Fragment; scanned: number }) => {
    // Evaluated in turn: while there are hits enough, the rest of the scan is never made.
    edges.push(tx`select coalesce(
      (select id from ${side.hits} order by id desc offset ${limits.hits - 1} limit 1),
      (select id from ${side.scan} order by id desc offset ${side.scanned - 1} limit 1)) as id`)
    hits.push(tx`select * from ${side.hits}`)
  }
  if (plan.ledger === 'entity' || plan.queue === 'entity') {
    add(tx`entity_events`, entityEventsScan(tx, plan, filter, limits.entityEvents))
    edges.push(
      tx`(select highest as id from entity_events order by entity_events.id desc
        offset ${limits.entityEvents - 1} limit 1)`,
    )
  }
  if (plan.ledger) {
    const scanned = plan.ledgerExact ? limits.hits : limits.ledgerScan
    add(tx`ledger_scan`, ledgerScan(tx, plan, filter, scanned))
    add(tx`ledger_hits`, hitsSql(tx, parts, tx`${ledgerColumns(tx)} from ledger_scan d`))
    edgeOf({ scan: tx`ledger_scan`, hits: tx`ledger_hits`, scanned })
  }
  if (plan.queue) {
    const scanned = plan.queueExact ? limits.hits : limits.queueScan
    if (plan.queue === 'lanes') add(tx`lanes`, lanesScan(tx, plan, filter, scanned))
    add(tx`queue_scan`, queueScan(tx, plan, filter, scanned))
    add(tx`queue_hits`, hitsSql(tx, parts, queueCandidates(tx, parts)))
    edgeOf({ scan: tx`queue_scan`, hits: tx`queue_hits`, scanned })
  }
  const union = (all: Fragment[]) => all.reduce((one, next) => tx`${one} union all ${next}`)
  return tx`${sql}
    hits as (${hits.length > 0 ? union(hits) : tx`select ${columns ? tx(columns) : tx`*`} from (select ${ledgerColumns(tx)} from deliveries d) n where false`}),
    edge as (${edges.length > 0 ? tx`select id from (${union(edges)}) all_edges where id is not null` : tx`select null::uuid as id where false`}
      order by id desc limit 1)`
}

function hitsSql(
  tx: Tx,
  { filter, failing, limits, columns }: SearchParts,
  candidates: Fragment,
): Fragment {
  return tx`select ${columns ? tx(columns) : tx`*`} from (select ${candidates}) c where true ${filterSql(tx, filter, 'c')}
    ${failing ? tx`and (c.status = 'failed' or c.status = 'pending' and c.last_outcome <> 'succeeded')` : tx``}
    order by id desc limit ${limits.hits}`
}

/** Both sides alike, in this order. */
function ledgerColumns(tx: Tx): Fragment {
  return tx`d.id, d.organisation_id, d.event_id, d.subscription_id, d.status, d.attempts, d.trigger, d.event_type,
    d.entity_type, d.entity_id, d.last_status_code, d.last_error, d.last_outcome, d.last_duration_ms, d.replay_id,
    d.finished_at, null::timestamptz as next_attempt_at`
}

/** A pending delivery is about what its event is about; looking that up costs most, so only when it is asked for. */
function queueCandidates(tx: Tx, { filter, columns }: SearchParts): Fragment {
  const { eventType, entityType, entityId } = filter
  const asked = eventType !== undefined || entityType !== undefined || entityId !== undefined
  const unneeded = !asked && columns !== undefined && !columns.includes('event_type')
  const event = unneeded
    ? tx`null::text as event_type, null::text as entity_type, null::uuid as entity_id`
    : tx`e.event_type, e.entity_type, e.entity_id`
  const join = unneeded
    ? tx``
    : tx`join domain_events e on e.organisation_id = q.organisation_id and e.id = q.event_id`
  return tx`q.id, q.organisation_id, q.event_id, q.subscription_id, 'pending'::text as status, q.attempts, q.trigger,
    ${event}, q.last_status_code, q.last_error, q.last_outcome, null::int as last_duration_ms, q.replay_id,
    null::timestamptz as finished_at, q.due_at as next_attempt_at
    from queue_scan q ${join}`
}
