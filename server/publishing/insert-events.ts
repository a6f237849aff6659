import { arrayLiteral, jsonArrayLiteral, textArrayLiteral } from '../database/array-literal.ts'
import type { Database } from '../database/database.ts'
import { publishingTime } from '../database/publishing-time.ts'
import { isUniqueViolation } from '../database/sql-state.ts'
import type { PlannedDelivery } from '../deliveries/index.ts'
import type { CheckedEvent } from '../events/index.ts'

/** An event to store; with `deliveries` when this process may publish it in the same breath. */
export interface EventToInsert {
  event: CheckedEvent
  deliveries: PlannedDelivery[] | undefined
}

export interface InsertedEvent {
  id: string
  organisationId: string
  /** False when the subscriptions had changed meanwhile: then the event waits to be published. */
  published: boolean
  /** `data` as Postgres prints it, of which the body is made; null where the event says it already. */
  dataJson: string | null
}

/**
 * Stores events and, in the same statement, the deliveries of those that this process may publish: one durable commit
 * for both. An event whose id is taken is left out of the result. Deliveries are only created if the subscriptions
 * are still at `revision`, or it is null: then the plan does not depend on them.
 */
export async function insertEvents(
  db: Pick<Database, 'query'>,
  batch: readonly EventToInsert[],
  revision: number | null,
): Promise<InsertedEvent[]> {
  try {
    return await insert(db, batch, revision, false)
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    // Some are there already. To expect that at every insert would cost a tenth of the statement.
    return insert(db, batch, revision, true)
  }
}

async function insert(
  db: Pick<Database, 'query'>,
  batch: readonly EventToInsert[],
  revision: number | null,
  tolerant: boolean,
): Promise<InsertedEvent[]> {
  const events = batch.map(({ event }) => event)
  const queued = batch.flatMap(({ event, deliveries = [] }) =>
    deliveries.map((delivery) => ({ ...delivery, event })),
  )
  const asksForData = events.some((event) => event.storedJson === undefined)
  return db.query(
    (sql) => sql<InsertedEvent[]>`
    with inserted as (
      insert into domain_events (id, organisation_id, entity_type, entity_id, event_type, data, user_id,
        correlation_id, source, created_at, published_at)
      select id, organisation_id, entity_type, entity_id, event_type, data::jsonb, user_id, correlation_id, source,
        created_at, case when planned and (select revision from subscription_revision)
          is not distinct from coalesce(${revision}::bigint, (select revision from subscription_revision)) then ${publishingTime(sql)} end
      from unnest(
        ${arrayLiteral(events.map((event) => event.id))}::text::uuid[],
        ${arrayLiteral(events.map((event) => event.organisationId))}::text::uuid[],
        ${textArrayLiteral(events.map((event) => event.entityType))}::text::text[],
        ${arrayLiteral(events.map((event) => event.entityId))}::text::uuid[],
        ${textArrayLiteral(events.map((event) => event.eventType))}::text::text[],
        ${jsonArrayLiteral(events.map((event) => event.dataJson))}::text::text[],
        ${arrayLiteral(events.map((event) => event.userId))}::text::uuid[],
        ${arrayLiteral(events.map((event) => event.correlationId))}::text::uuid[],
        ${textArrayLiteral(events.map((event) => event.source))}::text::text[],
        ${arrayLiteral(events.map((event) => event.createdAt))}::text::timestamptz[],
        ${arrayLiteral(batch.map(({ deliveries }) => deliveries !== undefined))}::text::boolean[]
      ) as e(id, organisation_id, entity_type, entity_id, event_type, data, user_id, correlation_id, source,
        created_at, planned)
      ${tolerant ? sql`on conflict do nothing` : sql``}
      returning id, organisation_id, published_at is not null as published,
        ${asksForData ? sql`data::text` : sql`null::text`} as data_json
    ), queued as (
      insert into delivery_queue (organisation_id, id, event_id, subscription_id, bucket, trigger, order_key)
      select d.organisation_id, d.id, d.event_id, d.subscription_id, d.bucket, d.trigger, d.order_key
      from unnest(
        ${arrayLiteral(queued.map(({ event }) => event.organisationId))}::text::uuid[],
        ${arrayLiteral(queued.map(({ id }) => id))}::text::uuid[],
        ${arrayLiteral(queued.map(({ event }) => event.id))}::text::uuid[],
        ${arrayLiteral(queued.map((delivery) => delivery.subscription_id))}::text::uuid[],
        ${arrayLiteral(queued.map(({ bucket }) => bucket))}::text::smallint[],
        ${arrayLiteral(queued.map(({ trigger }) => trigger))}::text::text[],
        ${arrayLiteral(queued.map((delivery) => delivery.order_key))}::text::uuid[]
      ) as d(organisation_id, id, event_id, subscription_id, bucket, trigger, order_key)
      join inserted i on i.organisation_id = d.organisation_id and i.id = d.event_id
      where i.published
      ${tolerant ? sql`on conflict do nothing` : sql``}
    )
    select * from inserted`,
  )
}
