import type { Database } from '../database/database.ts'
import type { CheckedEvent } from '../events/index.ts'

/** Whether the stored event of this id says the same. Where the producer gave no time, the time does not count. */
export async function isSameEvent(
  db: Database,
  event: CheckedEvent,
): Promise<{ same: boolean; createdAt: string }> {
  const [row] = await db.query(
    (sql) => sql<{ same: boolean; createdAt: Date }[]>`
    select (entity_type, entity_id, event_type, source) =
        (${event.entityType}, ${event.entityId}::uuid, ${event.eventType}, ${event.source})
      and data = ${event.dataJson}::text::jsonb
      and user_id is not distinct from ${event.userId}::uuid
      and correlation_id is not distinct from ${event.correlationId}::uuid
      and (not ${event.createdAtGiven} or created_at = ${event.createdAt}::timestamptz) as same,
      created_at
    from domain_events where organisation_id = ${event.organisationId} and id = ${event.id}`,
  )
  return { same: row?.same ?? false, createdAt: row?.createdAt.toISOString() ?? event.createdAt }
}
