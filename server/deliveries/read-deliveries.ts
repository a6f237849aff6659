import type { Context } from '../context.ts'
import type { Tx } from '../database/database.ts'
import { asTenant } from '../database/tenant.ts'
import { commonErrors } from '../kernel/errors.ts'
import { isGuid, lowestIdAt, timeOfId } from '../kernel/ids.ts'
import { decodeCursor, type Page, toPage } from '../kernel/page.ts'
import type { Delivery, DeliveryFilter } from './schemas.ts'
import { type WebhookEvent, webhookBody } from './webhook-body.ts'

/** An organisation's id, or `platform`: all of them. */
export type Tenant = string

export interface DeliveryRow {
  id: string
  organisationId: string
  eventId: string
  subscriptionId: string
  status: Delivery['status']
  attempts: number
  trigger: Delivery['trigger']
  eventType: string
  entityType: string
  entityId: string
  lastStatusCode: number | null
  lastError: string | null
  finishedAt: Date | null
  nextAttemptAt: Date | null
}

export interface DeliveryQuery extends DeliveryFilter {
  limit: number
  cursor?: string | undefined
}

/** Deliveries newest first: what waits and what is finished, merged by id. */
export async function listDeliveries(
  ctx: Context,
  tenant: Tenant,
  query: DeliveryQuery,
): Promise<Page<Delivery>> {
  const rows = await asTenant(ctx.database.api, tenant, (tx) => selectDeliveries(tx, tenant, query))
  return toPage(rows, query.limit, presentDelivery)
}

/** One delivery with the body it sends. @throws not_found, also for another organisation's */
export async function getDelivery(
  ctx: Context,
  tenant: Tenant,
  id: string,
): Promise<Delivery & { requestBody: string | null }> {
  return asTenant(ctx.database.api, tenant, async (tx) => {
    const row = await requireDelivery(tx, tenant, id)
    const [event] = await tx<(Omit<WebhookEvent, 'createdAt'> & { createdAt: Date })[]>`
      select id, event_type, entity_type, entity_id, organisation_id, user_id, correlation_id, source, created_at,
        data::text as data_json
      from domain_events where organisation_id = ${row.organisationId} and id = ${row.eventId}`
    const requestBody = event
      ? webhookBody({ ...event, createdAt: event.createdAt.toISOString() })
      : null
    return { ...presentDelivery(row), requestBody }
  })
}

export async function requireDelivery(tx: Tx, tenant: Tenant, id: string): Promise<DeliveryRow> {
  const [row] = isGuid(id) ? await selectDeliveries(tx, tenant, { limit: 1 }, id) : []
  if (!row) throw commonErrors.not_found({ detail: `There is no delivery ${id}.` })
  return row
}

/** One more row than `limit`, so that the caller sees whether there is a next page. */
function selectDeliveries(tx: Tx, tenant: Tenant, query: DeliveryQuery, id?: string) {
  const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor)
  const { status, subscriptionId, eventId, eventType, entityType, entityId, since, until, limit } =
    query
  // With an event also its millisecond, with which a delivery's id begins (deliveryIdOf): the primary key finds it.
  const common = (table: 'q' | 'd') => {
    const column = (name: string) => tx(`${table}.${name}`)
    return tx`
      ${tenant === 'platform' ? tx`` : tx`and ${column('organisation_id')} = ${tenant}`}
      ${id ? tx`and ${column('id')} = ${id}` : tx``}
      ${subscriptionId ? tx`and ${column('subscription_id')} = ${subscriptionId}` : tx``}
      ${
        eventId
          ? tx`and ${column('event_id')} = ${eventId} 
        and ${column('id')} >= ${lowestIdAt(timeOfId(eventId))} and ${column('id')} < ${lowestIdAt(timeOfId(eventId) + 1)}`
          : tx``
      }
      ${since ? tx`and ${column('id')} >= ${lowestIdAt(Date.parse(since))}` : tx``}
      ${until ? tx`and ${column('id')} < ${lowestIdAt(Date.parse(until))}` : tx``}
      ${before ? tx`and ${column('id')} < ${before}` : tx``}`
  }
  const about = (table: 'e' | 'd') => tx`
    ${eventType ? tx`and ${tx(`${table}.event_type`)} = ${eventType}` : tx``}
    ${entityType ? tx`and ${tx(`${table}.entity_type`)} = ${entityType}` : tx``}
    ${entityId ? tx`and ${tx(`${table}.entity_id`)} = ${entityId}` : tx``}`
  const waiting = tx`
    select q.id, q.organisation_id, q.event_id, q.subscription_id, 'pending' as status, q.attempts, q.trigger,
      e.event_type, e.entity_type, e.entity_id, q.last_status_code, q.last_error,
      null::timestamptz as finished_at, q.due_at as next_attempt_at
    from delivery_queue q join domain_events e on e.organisation_id = q.organisation_id and e.id = q.event_id
    where ${status && status !== 'pending' ? tx`false` : tx`true`} ${common('q')} ${about('e')}
    order by q.id desc limit ${limit + 1}`
  const finished = tx`
    select d.id, d.organisation_id, d.event_id, d.subscription_id, d.status, d.attempts, d.trigger,
      d.event_type, d.entity_type, d.entity_id, d.last_status_code, d.last_error,
      d.finished_at, null::timestamptz as next_attempt_at
    from deliveries d
    where ${status ? tx`d.status = ${status}` : tx`true`} ${common('d')} ${about('d')}
    order by d.id desc limit ${limit + 1}`
  return tx<DeliveryRow[]>`
    select * from (${waiting}) w union all select * from (${finished}) f order by id desc limit ${limit + 1}`
}

export function presentDelivery(row: DeliveryRow): Delivery {
  return {
    ...row,
    createdAt: new Date(timeOfId(row.id)).toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
  }
}
