import type { Context } from '../context.ts'
import { asTenant } from '../database/tenant.ts'
import { commonErrors } from '../kernel/errors.ts'
import { isGuid, lowestIdAt } from '../kernel/ids.ts'
import { exactJsonOf } from '../kernel/json.ts'
import { decodeCursor, type Page, toPage } from '../kernel/page.ts'
import type { Event } from './schemas.ts'
import type { domainEvents } from './tables.ts'

type EventRow = Omit<typeof domainEvents.$inferSelect, 'data'> & { data: string }

export interface EventQuery {
  limit: number
  cursor?: string | undefined
  entityType?: string | undefined
  entityId?: string | undefined
  eventType?: string | undefined
  correlationId?: string | undefined
  since?: string | undefined
  until?: string | undefined
}

/** An organisation's events, newest first. */
export async function listEvents(
  ctx: Context,
  organisationId: string,
  query: EventQuery,
): Promise<Page<Event>> {
  const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor)
  const { entityType, entityId, eventType, correlationId, since, until } = query
  const rows = await asTenant(
    ctx.database.api,
    organisationId,
    (tx) => tx<EventRow[]>`
    select id, entity_type, entity_id, event_type, data::text as data, organisation_id, user_id, correlation_id,
      source, published_at, publish_error, created_at
    from domain_events
    where organisation_id = ${organisationId}
      ${entityId ? tx`and entity_id = ${entityId}` : tx``}
      ${entityType ? tx`and entity_type = ${entityType}` : tx``}
      ${eventType ? tx`and event_type = ${eventType}` : tx``}
      ${correlationId ? tx`and correlation_id = ${correlationId}` : tx``}
      ${since ? tx`and id >= ${lowestIdAt(Date.parse(since))}` : tx``}
      ${until ? tx`and id < ${lowestIdAt(Date.parse(until))}` : tx``}
      ${before ? tx`and id < ${before}` : tx``}
    order by id desc limit ${query.limit + 1}`,
  )
  return toPage(rows, query.limit, presentEvent)
}

/** @throws not_found, also for another organisation's event */
export async function getEvent(ctx: Context, organisationId: string, id: string): Promise<Event> {
  const [row] = isGuid(id)
    ? await asTenant(
        ctx.database.api,
        organisationId,
        (tx) => tx<EventRow[]>`
        select id, entity_type, entity_id, event_type, data::text as data, organisation_id, user_id, correlation_id,
          source, published_at, publish_error, created_at
        from domain_events where organisation_id = ${organisationId} and id = ${id}`,
      )
    : []
  if (!row) throw commonErrors.not_found({ detail: `There is no event ${id}.` })
  return presentEvent(row)
}

function presentEvent(row: EventRow): Event {
  return {
    id: row.id,
    entityType: row.entityType,
    entityId: row.entityId,
    eventType: row.eventType,
    data: exactJsonOf(row.data),
    organisationId: row.organisationId,
    userId: row.userId,
    correlationId: row.correlationId,
    source: row.source,
    createdAt: row.createdAt.toISOString(),
    publishedAt: row.publishedAt?.toISOString() ?? null,
    publishError: row.publishError,
  }
}
