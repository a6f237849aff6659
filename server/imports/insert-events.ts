import { arrayLiteral, jsonArrayLiteral, textArrayLiteral } from '../database/array-literal.ts'
import type { Database } from '../database/database.ts'
import { publishingTime } from '../database/publishing-time.ts'
import type { ImportedEvent } from './judge-row.ts'

/**
 * Stores the events that are not there yet, in one statement, and answers how many that were. Without `deliver` they
 * count as published, so that no dispatcher takes them up.
 */
export async function insertEvents(
  target: Database,
  events: readonly ImportedEvent[],
  deliver: boolean,
): Promise<number> {
  const { count } = await target.query(
    (sql) => sql`
      insert into domain_events (id, organisation_id, entity_type, entity_id, event_type, data, user_id,
        correlation_id, source, created_at, published_at)
      select id, organisation_id, entity_type, entity_id, event_type, data::jsonb, user_id, correlation_id, source,
        created_at, ${deliver ? sql`null::timestamptz` : publishingTime(sql)}
      from unnest(
        ${arrayLiteral(events.map(({ id }) => id))}::text::uuid[],
        ${arrayLiteral(events.map(({ organisationId }) => organisationId))}::text::uuid[],
        ${textArrayLiteral(events.map(({ entityType }) => entityType))}::text::text[],
        ${arrayLiteral(events.map(({ entityId }) => entityId))}::text::uuid[],
        ${textArrayLiteral(events.map(({ eventType }) => eventType))}::text::text[],
        ${jsonArrayLiteral(events.map(({ data }) => data))}::text::text[],
        ${arrayLiteral(events.map(({ userId }) => userId))}::text::uuid[],
        ${arrayLiteral(events.map(({ correlationId }) => correlationId))}::text::uuid[],
        ${textArrayLiteral(events.map(({ source }) => source))}::text::text[],
        ${arrayLiteral(events.map(({ createdAt }) => createdAt))}::text::timestamptz[]
      ) as e(id, organisation_id, entity_type, entity_id, event_type, data, user_id, correlation_id, source, created_at)
      on conflict do nothing`,
  )
  return count
}

/** How many of them are there. */
export async function countPresent(
  target: Database,
  events: readonly ImportedEvent[],
): Promise<number> {
  const [row] = await target.query(
    (sql) => sql<{ present: number }[]>`
      select count(*) as present from unnest(
        ${arrayLiteral(events.map(({ organisationId }) => organisationId))}::text::uuid[],
        ${arrayLiteral(events.map(({ id }) => id))}::text::uuid[]
      ) as e(organisation_id, id) join domain_events using (organisation_id, id)`,
  )
  return row?.present ?? 0
}
