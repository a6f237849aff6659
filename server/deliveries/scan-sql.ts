import type { Tx } from '../database/database.ts'
import { bucketsOf, lowestIdAt, timeOfId } from '../kernel/ids.ts'
import type { DeliveryFilter } from './filter-schema.ts'
import type { SearchPlan } from './plan-search.ts'

type Fragment = ReturnType<Tx>

/** Candidates of the ledger, newest first, `max` at most: what their index knows and nothing else. */
export function ledgerScan(
  tx: Tx,
  plan: SearchPlan,
  filter: DeliveryFilter,
  max: number,
): Fragment {
  const ofOrganisation = plan.organisationId
    ? tx`and organisation_id = ${plan.organisationId}`
    : tx``
  const select = (condition: Fragment) =>
    tx`select * from deliveries where ${condition} ${within(tx, plan)}`
  const newest = tx`order by id desc limit ${max}`
  switch (plan.ledger) {
    case 'unsuccessful':
      return tx`${select(tx`status <> 'succeeded' ${ofOrganisation}`)} ${newest}`
    case 'replay':
      return tx`${select(tx`replay_id = ${filter.replayId ?? null}`)} ${newest}`
    case 'subscriptions': {
      const [first = tx``, ...others] = (filter.subscriptionId ?? []).map((id) =>
        select(tx`subscription_id = ${id}`),
      )
      const all = others.reduce((union, one) => tx`${union} union all ${one}`, first)
      return tx`select * from (${all}) s ${newest}`
    }
    case 'entity':
      return tx`select d.* ${nearEntityEvents(tx, tx`deliveries d`, 'd')} ${within(tx, plan, 'd.')}
        order by v.lowest desc, d.id desc limit ${max}`
    default:
      return tx`${select(tx`true ${ofOrganisation}`)} ${newest}`
  }
}

/** Candidates of the queue, likewise. */
export function queueScan(tx: Tx, plan: SearchPlan, filter: DeliveryFilter, max: number): Fragment {
  const newest = tx`order by id desc limit ${max}`
  const log = tx`select * from delivery_queue where
    ${plan.organisationId ? tx`organisation_id = ${plan.organisationId}` : tx`true`} ${within(tx, plan)}`
  switch (plan.queue) {
    case 'replay':
      return tx`select * from delivery_queue where replay_id = ${filter.replayId ?? null} ${within(tx, plan)} ${newest}`
    case 'lanes':
      // Lanes are not in the order of the log: short ones are read whole, long ones are found in the log.
      return tx`select * from (
          select * from lanes where (select count(*) from lanes) <= ${max} ${within(tx, plan)}
          union all
          (${log} and (select count(*) from lanes) > ${max} ${newest})
        ) s ${newest}`
    case 'entity':
      return tx`select q.* ${nearEntityEvents(tx, tx`delivery_queue q`, 'q')} ${within(tx, plan, 'q.')}
        order by v.lowest desc, q.id desc limit ${max}`
    default:
      return tx`${log} ${newest}`
  }
}

/**
 * What was created in the same milliseconds as the events, and whether it is of them is asked later: each is read once,
 * however many events share it. In the order of milliseconds, so that it can stop between two.
 */
function nearEntityEvents(tx: Tx, table: Fragment, alias: string): Fragment {
  return tx`from (select distinct organisation_id, lowest, highest from entity_events order by lowest desc) v
    join ${table} on ${tx(`${alias}.organisation_id`)} = v.organisation_id
      and ${tx(`${alias}.id`)} between v.lowest and v.highest where true`
}

/** Everything that waits for the subscriptions of the filter, unless it is more than `max`. */
export function lanesScan(tx: Tx, plan: SearchPlan, filter: DeliveryFilter, max: number): Fragment {
  return tx`select * from delivery_queue
    where bucket = any (${bucketsOf(plan.organisationId)}::smallint[]) and subscription_id = any (${filter.subscriptionId ?? []}::uuid[])
      ${plan.organisationId ? tx`and organisation_id = ${plan.organisationId}` : tx``}
    limit ${max + 1}`
}

/**
 * The newest events of the filter's entity, each with the range that the ids of its deliveries lie in. Whose they are is
 * asked later: the index does not know, and with the organisation the planner might take the primary key's.
 */
export function entityEventsScan(
  tx: Tx,
  plan: SearchPlan,
  filter: DeliveryFilter,
  max: number,
): Fragment {
  const { from, below } = plan
  return tx`select id, organisation_id, (left(id::text, 13) || '-0000-0000-000000000000')::uuid as lowest,
      (left(id::text, 13) || '-7fff-bfff-ffffffffffff')::uuid as highest
    from domain_events
    where entity_id = ${filter.entityId ?? null}
      ${from ? tx`and id >= ${lowestIdAt(timeOfId(from))}` : tx``}
      ${below ? tx`and id < ${lowestIdAt(timeOfId(below) + 1)}` : tx``}
    order by id desc limit ${max}`
}

function within(tx: Tx, { from, below }: SearchPlan, prefix = ''): Fragment {
  const id = tx(`${prefix}id`)
  return tx`${from ? tx`and ${id} >= ${from}` : tx``} ${below ? tx`and ${id} < ${below}` : tx``}`
}
