import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import type { FilterableDelivery } from '../../server/deliveries/matches-filter.ts'
import { deliveryIdOf, newId, newIdAt } from '../../server/kernel/ids.ts'

/** A delivery as it lies in its table. */
export interface SeededDelivery extends FilterableDelivery {
  lastError: string | null
}

export interface SeededEvent {
  id: string
  organisationId: string
  entityType: string
  entityId: string
  eventType: string
  correlationId: string | null
}

export interface SeededLog {
  organisationIds: string[]
  /** Of each organisation two; the last is the platform's. */
  subscriptionIds: string[]
  entityIds: string[]
  /** Of some of the events. */
  correlationId: string
  /** Newest first. */
  events: SeededEvent[]
  /** Newest first. */
  deliveries: SeededDelivery[]
}

const outcomes = [
  { status: 'succeeded', lastOutcome: 'succeeded', lastStatusCode: 200, lastError: null },
  { status: 'succeeded', lastOutcome: 'succeeded', lastStatusCode: 204, lastError: null },
  { status: 'succeeded', lastOutcome: 'succeeded', lastStatusCode: 200, lastError: null },
  { status: 'failed', lastOutcome: 'http_status', lastStatusCode: 503, lastError: 'answered 503' },
  { status: 'failed', lastOutcome: 'gone', lastStatusCode: 410, lastError: 'answered 410 Gone' },
  { status: 'failed', lastOutcome: 'timeout', lastStatusCode: null, lastError: 'no answer in 9 s' },
  { status: 'cancelled', lastOutcome: null, lastStatusCode: null, lastError: null },
  { status: 'pending', lastOutcome: null, lastStatusCode: null, lastError: null },
  {
    status: 'pending',
    lastOutcome: 'timeout',
    lastStatusCode: null,
    lastError: 'no answer in 8 s',
  },
  { status: 'pending', lastOutcome: 'http_status', lastStatusCode: 500, lastError: 'answered 500' },
] as const

const types = [
  ['IssueCreated', 'Issue'],
  ['IssueStatusChanged', 'Issue'],
  ['PropertyDeleted', 'Property'],
  ['Tenant_Moved', 'Tenant'],
] as const

/** Fills the log of three organisations by SQL, without anything being sent. Several events share a millisecond. */
export async function seedLog(databaseUrl: string, events = 150): Promise<SeededLog> {
  const organisationIds = Array.from({ length: 3 }, () => randomUUID())
  const owners = [...organisationIds.flatMap((id) => [id, id]), null]
  const subscriptions = owners.map((organisationId) => ({ id: newId(), organisationId }))
  const entityIds = Array.from({ length: 5 }, () => randomUUID())
  const replayId = newId()
  const deliveries: SeededDelivery[] = []
  const correlationId = randomUUID()
  const eventList: SeededEvent[] = []
  const nowMs = Date.now()
  for (let index = 0; index < events; index++) {
    // Half of them are about what the one before is about.
    const like = Math.random() < 0.5 ? eventList.at(-1) : undefined
    const organisationId = like?.organisationId ?? pick(organisationIds)
    const [eventType, entityType] = pick(types)
    const id = newIdAt(nowMs - 20_000 + Math.floor(index / 4) * 100)
    const entityId = like?.entityId ?? pick(entityIds)
    const correlated = Math.random() < 0.2 ? correlationId : null
    eventList.push({
      id,
      organisationId,
      entityType,
      entityId,
      eventType,
      correlationId: correlated,
    })
    for (const subscription of subscriptions) {
      const hears = subscription.organisationId ?? organisationId
      if (hears !== organisationId || Math.random() < 0.3) continue
      const outcome = pick(outcomes)
      deliveries.push({
        id: deliveryIdOf(id, subscription.id),
        organisationId,
        eventId: id,
        subscriptionId: subscription.id,
        attempts: outcome.lastOutcome === null ? 0 : pick([1, 2, 5]),
        trigger: pick(['event', 'event', 'test', 'replay']),
        eventType,
        entityType,
        entityId,
        replayId: Math.random() < 0.1 ? replayId : null,
        ...outcome,
      })
    }
  }
  for (const list of [eventList, deliveries]) list.sort((a, b) => (a.id < b.id ? 1 : -1))
  const sql = postgres(databaseUrl, { max: 1, connection: { search_path: 'posthorn' } })
  await sql`insert into domain_events ${sql(eventList.map(eventRow) as never)}`
  for (const { id, organisationId } of subscriptions) {
    await sql`insert into subscriptions (id, organisation_id, url, secret, revision)
      values (${id}, ${organisationId}, 'https://example.com/', 'whsec_none', 0)`
  }
  const finished = deliveries.filter((one) => one.status !== 'pending').map(ledgerRow)
  const waiting = deliveries.filter((one) => one.status === 'pending').map((one) => queueRow(one))
  await sql`insert into deliveries ${sql(finished as never)}`
  await sql`insert into delivery_queue ${sql(waiting as never)}`
  await sql.end()
  return {
    organisationIds,
    subscriptionIds: subscriptions.map(({ id }) => id),
    entityIds,
    correlationId,
    events: eventList,
    deliveries,
  }
}

function pick<Item>(items: readonly Item[]): Item {
  return items[Math.floor(Math.random() * items.length)] as Item
}

function eventRow(one: SeededEvent) {
  return {
    id: one.id,
    organisation_id: one.organisationId,
    event_type: one.eventType,
    entity_type: one.entityType,
    entity_id: one.entityId,
    correlation_id: one.correlationId,
    data: {},
    published_at: new Date(),
  }
}

function common(one: SeededDelivery) {
  return {
    id: one.id,
    organisation_id: one.organisationId,
    event_id: one.eventId,
    subscription_id: one.subscriptionId,
    attempts: one.attempts,
    trigger: one.trigger,
    last_status_code: one.lastStatusCode,
    last_error: one.lastError,
    last_outcome: one.lastOutcome,
    replay_id: one.replayId,
  }
}

function ledgerRow(one: SeededDelivery) {
  const { status, eventType, entityType, entityId } = one
  return {
    ...common(one),
    status,
    event_type: eventType,
    entity_type: entityType,
    entity_id: entityId,
  }
}

function queueRow(one: SeededDelivery) {
  const bucket = Number.parseInt(one.organisationId.slice(-2), 16) & 63
  // Nobody is to send it.
  return { ...common(one), bucket, due_at: new Date(Date.now() + 86_400_000) }
}
