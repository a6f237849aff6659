import { lowestIdAt, timeOfId } from '../kernel/ids.ts'
import type { DeliveryFilter } from './filter-schema.ts'
import { rangesOf } from './matches-filter.ts'

/** Where candidates are read from, newest first. Each way is an index whose order is that of the log. */
export type LedgerSource = 'log' | 'unsuccessful' | 'subscriptions' | 'replay' | 'entity'
export type QueueSource = 'log' | 'lanes' | 'replay' | 'entity'

/** How to search: which index brings candidates, of which the whole filter then chooses. */
export interface SearchPlan {
  /** Null: nothing that is finished can match. */
  ledger: LedgerSource | null
  /** Null: nothing that is pending can match. */
  queue: QueueSource | null
  /** The organisation of everything that can match, where there is one. */
  organisationId: string | undefined
  /** Whether every candidate of the ledger matches; and of the queue. */
  ledgerExact: boolean
  queueExact: boolean
  /** Ids that can match: from `from` to below `below`. */
  from: string | undefined
  below: string | undefined
}

export interface SearchFacts {
  filter: DeliveryFilter
  /** Only what was not successful at its last attempt: failure groups. */
  failing?: boolean
  /** The id that the page before ended with. */
  before?: string | undefined
  /** The organisation that all subscriptions of the filter are known to belong to, if there is one. */
  subscriptionsOf?: string | undefined
  /** Whether each retained delivery has its event. */
  eventsRetained: boolean
}

/** A union of too many indexes costs more to plan than it saves. */
const subscriptionsMax = 8

/**
 * Chooses by what narrows most for certain. A wrong choice costs time, never a row: the filter is asked of every
 * candidate, and the search says how far it came.
 */
export function planSearch(facts: SearchFacts): SearchPlan {
  const { filter, subscriptionsOf } = facts
  const organisationId = filter.organisationId ?? subscriptionsOf
  const plan: SearchPlan = {
    ledger: filter.status?.every((status) => status === 'pending') ? null : ledgerSource(facts),
    queue: filter.status && !filter.status.includes('pending') ? null : queueSource(facts),
    organisationId,
    ledgerExact: false,
    queueExact: false,
    ...idRange(facts),
  }
  const wanted = fieldsOf(facts)
  plan.ledgerExact = wanted.every((field) => servedByLedger(field, plan.ledger))
  plan.queueExact = wanted.every(
    (field) => field === 'status' || (field === 'replayId' && plan.queue === 'replay'),
  )
  return plan
}

function ledgerSource(facts: SearchFacts): LedgerSource {
  const { filter, subscriptionsOf } = facts
  if (filter.eventId) return 'log'
  if (filter.replayId) return 'replay'
  if (filter.entityId && facts.eventsRetained) return 'entity'
  if (isUnsuccessful(facts)) return 'unsuccessful'
  if (filter.subscriptionId && filter.subscriptionId.length <= subscriptionsMax) {
    // The index does not know organisations: a platform subscription's rows of one would have to be searched for.
    if (filter.organisationId === undefined || subscriptionsOf !== undefined) return 'subscriptions'
  }
  return 'log'
}

function queueSource({ filter, eventsRetained }: SearchFacts): QueueSource {
  if (filter.eventId) return 'log'
  if (filter.replayId) return 'replay'
  if (filter.entityId && eventsRetained) return 'entity'
  return filter.subscriptionId ? 'lanes' : 'log'
}

/** Whether nothing that succeeded can match. */
function isUnsuccessful({ filter, failing }: SearchFacts): boolean {
  return (
    failing === true ||
    (filter.status !== undefined && !filter.status.includes('succeeded')) ||
    (filter.outcome !== undefined && !filter.outcome.includes('succeeded')) ||
    (filter.statusCode !== undefined &&
      rangesOf(filter.statusCode).every(([from, to]) => to < 200 || from > 299))
  )
}

/** What candidates are chosen by, beside organisation and time, which every source knows. */
function fieldsOf({ filter, failing }: SearchFacts): string[] {
  const { organisationId: _, since: __, until: ___, ...narrowing } = filter
  const fields = Object.entries(narrowing).flatMap(([name, value]) =>
    value === undefined ? [] : [name],
  )
  return failing ? [...fields, 'failing'] : fields
}

function servedByLedger(field: string, source: LedgerSource | null): boolean {
  if (source === 'unsuccessful') return field === 'status' || field === 'failing'
  if (source === 'subscriptions') return field === 'subscriptionId'
  return source === 'replay' && field === 'replayId'
}

function idRange({ filter, before }: SearchFacts): Pick<SearchPlan, 'from' | 'below'> {
  const { since, until, eventId } = filter
  // A delivery's id begins with its event's millisecond (deliveryIdOf).
  const eventMs = eventId === undefined ? undefined : timeOfId(eventId)
  const from = [
    ...(since ? [lowestIdAt(Date.parse(since))] : []),
    ...(eventMs === undefined ? [] : [lowestIdAt(eventMs)]),
  ]
  const below = [
    ...(until ? [lowestIdAt(Date.parse(until))] : []),
    ...(eventMs === undefined ? [] : [lowestIdAt(eventMs + 1)]),
    ...(before === undefined ? [] : [before]),
  ]
  return { from: from.sort().at(-1), below: below.sort()[0] }
}
