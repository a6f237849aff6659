import type { Context } from '../context.ts'
import type { Tx } from '../database/database.ts'
import { planSearchByIndex } from '../database/planner-settings.ts'
import { asTenant } from '../database/tenant.ts'
import { commonErrors } from '../kernel/errors.ts'
import { isGuid, lowestIdAt, timeOfId } from '../kernel/ids.ts'
import { exactJsonOf } from '../kernel/json.ts'
import { decodeCursor, encodeCursor, type Page, toPage } from '../kernel/page.ts'
import { likePatterns } from '../subscriptions/index.ts'
import type { Event } from './schemas.ts'
import type { domainEvents } from './tables.ts'

export type EventRow = Omit<typeof domainEvents.$inferSelect, 'data'> & { data: string }

export interface EventQuery {
  limit: number
  cursor?: string | undefined
  entityType?: readonly string[] | undefined
  entityId?: string | undefined
  /** Names or patterns. */
  eventType?: readonly string[] | undefined
  correlationId?: string | undefined
  source?: readonly string[] | undefined
  idPrefix?: string | undefined
  since?: string | undefined
  until?: string | undefined
}

/** Events that one request looks at, where no index serves what is asked. */
const scanMax = 10_000

/** An organisation's events, newest first. A page can be short although more follows, as that of deliveries. */
export async function listEvents(
  ctx: Context,
  organisationId: string,
  query: EventQuery,
  scan = scanMax,
): Promise<Page<Event> & { searchedUntil: string | null }> {
  const { limit } = query
  const rows = await asTenant(ctx.database.api, organisationId, (tx) =>
    selectEvents(tx, organisationId, query, { hits: limit + 1, scan }),
  )
  const edge = rows[0]?.edge ?? null
  const { data, nextCursor } = toPage(
    rows.filter((row) => row.id !== null),
    limit,
    presentEvent,
  )
  const stopped = nextCursor === null && edge !== null
  return {
    data,
    nextCursor: stopped ? encodeCursor(edge) : nextCursor,
    searchedUntil: stopped ? new Date(timeOfId(edge)).toISOString() : null,
  }
}

/**
 * One row more than a page, each with `edge`, the id down to which was searched; null when there is nothing more. What
 * an index knows is asked within the scan, the rest of what it brings: so the work is bounded whatever matches.
 */
function selectEvents(
  tx: Tx,
  organisationId: string,
  query: EventQuery,
  max: { hits: number; scan: number },
) {
  const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor)
  const { entityType, entityId, eventType, correlationId, source, since, until } = query
  const prefixed = query.idPrefix === undefined ? undefined : idsWith(query.idPrefix)
  planSearchByIndex(tx)
  // One index and its columns alone: with the organisation beside an entity, the planner might read all of its events.
  const indexed = entityId
    ? tx`entity_id = ${entityId}`
    : correlationId
      ? tx`correlation_id = ${correlationId}`
      : tx`organisation_id = ${organisationId}`
  return tx<(EventRow & { edge: string | null })[]>`
    with scan as materialized (
      select id, organisation_id, entity_type, event_type, correlation_id, source from domain_events
      where ${indexed}
        ${since ? tx`and id >= ${lowestIdAt(Date.parse(since))}` : tx``}
        ${until ? tx`and id < ${lowestIdAt(Date.parse(until))}` : tx``}
        ${prefixed ? tx`and id between ${prefixed.lowest} and ${prefixed.highest}` : tx``}
        ${before ? tx`and id < ${before}` : tx``}
      order by id desc limit ${max.scan}
    ), hits as materialized (
      select id from scan where organisation_id = ${organisationId}
        ${entityType ? tx`and entity_type in ${tx(entityType)}` : tx``}
        ${eventType ? tx`and event_type like any (${likePatterns(eventType)}::text[])` : tx``}
        ${source ? tx`and source in ${tx(source)}` : tx``}
        ${correlationId ? tx`and correlation_id = ${correlationId}` : tx``}
      order by id desc limit ${max.hits}
    ), edge as (
      select coalesce((select id from hits order by id desc offset ${max.hits - 1} limit 1),
        (select id from scan order by id desc offset ${max.scan - 1} limit 1)) as edge
    )
    select e.id, e.entity_type, e.entity_id, e.event_type, e.data::text as data, e.organisation_id, e.user_id,
      e.correlation_id, e.source, e.published_at, e.publish_error, e.created_at, edge.edge
    from edge left join (hits h join domain_events e on e.organisation_id = ${organisationId} and e.id = h.id) on true
    order by e.id desc nulls last`
}

/** The range of the ids that begin so. */
function idsWith(prefix: string): { lowest: string; highest: string } {
  const digits = prefix.replaceAll('-', '')
  const filled = (digit: string) =>
    digits.padEnd(32, digit).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
  return { lowest: filled('0'), highest: filled('f') }
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

export function presentEvent(row: EventRow): Event {
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
