import type { Database } from '../database/database.ts'
import { type DeliveryTrigger, webhookBody } from '../deliveries/index.ts'
import type { QueuedDelivery } from '../publishing/index.ts'
import type { LaneCursor } from './lane.ts'

/** How much a lane would like to have from its backlog. */
export interface LaneDemand {
  bucket: number
  subscriptionId: string
  after: LaneCursor | undefined
  want: number
}

interface LoadedRow {
  organisationId: string
  id: string
  subscriptionId: string
  bucket: number
  attempts: number
  attemptsBefore: number
  trigger: DeliveryTrigger
  dueAt: string
  eventId: string
  eventType: string | null
  entityType: string
  entityId: string
  userId: string | null
  correlationId: string | null
  source: string
  createdAt: Date
  dataJson: string
}

export interface LoadedDelivery {
  delivery: QueuedDelivery
  cursor: LaneCursor
}

export interface LoadedLanes {
  loaded: LoadedDelivery[]
  /** Deliveries whose event is gone: they can never be sent. */
  orphans: { organisationId: string; id: string }[]
}

/** Due deliveries of several lanes at once, each from where it had read to; the cost is what is asked for. */
export async function loadLanes(
  db: Database,
  demands: readonly LaneDemand[],
): Promise<LoadedLanes> {
  const lanes = JSON.stringify(
    demands.map(({ bucket, subscriptionId, after, want }) => ({
      bucket,
      subscription_id: subscriptionId,
      after_due_at: after?.dueAt ?? '-infinity',
      after_id: after?.id ?? '00000000-0000-0000-0000-000000000000',
      want,
    })),
  )
  const rows = await db.query(
    (sql) => sql<LoadedRow[]>`
    select q.organisation_id, q.id, q.subscription_id, q.bucket, q.attempts, q.attempts_before, q.trigger,
      q.due_at::text as due_at, q.event_id, e.event_type, e.entity_type, e.entity_id, e.user_id, e.correlation_id,
      e.source, e.created_at, e.data_json
    from json_to_recordset(${lanes}::text::json) as l(bucket smallint, subscription_id uuid, after_due_at timestamptz,
      after_id uuid, want int)
    cross join lateral (
      select * from delivery_queue d
      where d.bucket = l.bucket and d.subscription_id = l.subscription_id and d.due_at <= now()
        and (d.due_at, d.id) > (l.after_due_at, l.after_id)
      order by d.due_at, d.id limit l.want
    ) q
    left join lateral (
      select event_type, entity_type, entity_id, user_id, correlation_id, source, created_at, data::text as data_json
      from domain_events
      where organisation_id = q.organisation_id and id = q.event_id
    ) e on true`,
  )
  return {
    loaded: rows.filter((row) => row.eventType !== null).map(toLoaded),
    orphans: rows.filter((row) => row.eventType === null),
  }
}

function toLoaded(row: LoadedRow): LoadedDelivery {
  const { organisationId, entityType, entityId } = row
  const eventType = row.eventType ?? ''
  const event = { ...row, id: row.eventId, eventType, createdAt: row.createdAt.toISOString() }
  return {
    cursor: { dueAt: row.dueAt, id: row.id },
    delivery: {
      organisationId,
      id: row.id,
      subscriptionId: row.subscriptionId,
      bucket: row.bucket,
      attempts: row.attempts,
      attemptsBefore: row.attemptsBefore,
      trigger: row.trigger,
      event: {
        id: row.eventId,
        eventType,
        entityType,
        entityId,
        body: Buffer.from(webhookBody(event)),
      },
    },
  }
}
