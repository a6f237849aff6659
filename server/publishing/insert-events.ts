import type { Database } from '../database/database.ts'
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
  /** `data` as Postgres prints it, of which the body is made. */
  dataJson: string
}

/**
 * Stores events and, in the same statement, the deliveries of those that this process may publish: one durable commit
 * for both. An event whose id is taken is left out of the result. Deliveries are only created if the subscriptions
 * are still at `revision`, or it is null: then the plan does not depend on them.
 */
export async function insertEvents(
  db: Database,
  batch: readonly EventToInsert[],
  revision: number | null,
): Promise<InsertedEvent[]> {
  const events = `[${batch.map(({ event, deliveries }) => eventJson(event, deliveries !== undefined)).join(',')}]`
  const deliveries = JSON.stringify(
    batch.flatMap(({ event, deliveries: planned = [] }) =>
      planned.map((delivery) => ({
        ...delivery,
        event_id: event.id,
        organisation_id: event.organisationId,
      })),
    ),
  )
  return db.query(
    (sql) => sql<InsertedEvent[]>`
    with inserted as (
      insert into domain_events (id, entity_type, entity_id, event_type, data, organisation_id, user_id,
        correlation_id, source, created_at, published_at)
      select id, entity_type, entity_id, event_type, data, organisation_id, user_id, correlation_id, source, created_at,
        case when planned and (select revision from subscription_revision)
          is not distinct from coalesce(${revision}::bigint, (select revision from subscription_revision)) then now() end
      from json_to_recordset(${events}::text::json) as e(id uuid, entity_type text, entity_id uuid, event_type text,
        data jsonb, organisation_id uuid, user_id uuid, correlation_id uuid, source text, created_at timestamptz,
        planned boolean)
      on conflict do nothing
      returning id, organisation_id, published_at is not null as published, data::text as data_json
    ), queued as (
      insert into delivery_queue (organisation_id, id, event_id, subscription_id, bucket, trigger, order_key)
      select d.organisation_id, d.id, d.event_id, d.subscription_id, d.bucket, d.trigger, d.order_key
      from json_to_recordset(${deliveries}::text::json) as d(organisation_id uuid, id uuid, event_id uuid,
        subscription_id uuid, bucket smallint, trigger text, order_key uuid)
      join inserted i on i.organisation_id = d.organisation_id and i.id = d.event_id
      where i.published
    )
    select * from inserted`,
  )
}

/** By hand, because `data` is JSON already and its numbers must stay as they are. */
function eventJson(event: CheckedEvent, planned: boolean): string {
  const { data, dataJson, warnings, createdAtGiven, ...rest } = event
  const columns = JSON.stringify({
    id: rest.id,
    entity_type: rest.entityType,
    entity_id: rest.entityId,
    event_type: rest.eventType,
    organisation_id: rest.organisationId,
    user_id: rest.userId,
    correlation_id: rest.correlationId,
    source: rest.source,
    created_at: rest.createdAt,
    planned,
  })
  return `${columns.slice(0, -1)},"data":${dataJson}}`
}
