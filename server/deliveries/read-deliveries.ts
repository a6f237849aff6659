import type { Context } from '../context.ts'
import type { Tx } from '../database/database.ts'
import { asTenant } from '../database/tenant.ts'
import { commonErrors } from '../kernel/errors.ts'
import { isGuid, timeOfId } from '../kernel/ids.ts'
import { decodeCursor, encodeCursor, type Page } from '../kernel/page.ts'
import type { DeliveryFilter } from './filter-schema.ts'
import { planAttempts } from './plan-attempts.ts'
import type { Delivery, DeliveryDetail, PlannedAttempt } from './schemas.ts'
import { type DeliveryRow, readAs, searchDeliveries, type Tenant } from './search-deliveries.ts'
import { type WebhookEvent, webhookBody } from './webhook-body.ts'

export interface PageRequest {
  limit: number
  cursor?: string | undefined
}

/** A page, newest first. It can be short although more follows: `searchedUntil` then says how far it looked. */
export async function listDeliveries(
  ctx: Context,
  tenant: Tenant,
  filter: DeliveryFilter,
  { limit, cursor }: PageRequest,
): Promise<Page<Delivery> & { searchedUntil: string | null }> {
  const before = cursor === undefined ? undefined : decodeCursor(cursor)
  const result = await readAs(ctx, tenant, filter, (tx, own) =>
    searchDeliveries(ctx, tx, { filter: own, limit, before }),
  )
  return {
    data: result.rows.map(presentDelivery),
    nextCursor: result.next === null ? null : encodeCursor(result.next),
    searchedUntil: result.searchedUntil?.toISOString() ?? null,
  }
}

/** One delivery with the body it sends, and when it will be tried. @throws not_found, also for another organisation's */
export async function getDelivery(
  ctx: Context,
  tenant: Tenant,
  id: string,
): Promise<DeliveryDetail> {
  return asTenant(ctx.database.api, tenant, async (tx) => {
    const row = await requireDelivery(tx, tenant, id)
    const [event] = await tx<(Omit<WebhookEvent, 'createdAt'> & { createdAt: Date })[]>`
      select id, event_type, entity_type, entity_id, organisation_id, user_id, correlation_id, source, created_at,
        data::text as data_json
      from domain_events where organisation_id = ${row.organisationId} and id = ${row.eventId}`
    const requestBody = event
      ? webhookBody({ ...event, createdAt: event.createdAt.toISOString() })
      : null
    const plannedAttempts = await readPlan(ctx, tx, row)
    return { ...presentDelivery(row), plannedAttempts, requestBody }
  })
}

async function readPlan(ctx: Context, tx: Tx, row: DeliveryRow): Promise<PlannedAttempt[]> {
  if (!row.nextAttemptAt) return []
  const [run] = await tx<{ attemptsInRun: number; scheduleSeconds: number[] | null }[]>`
    select q.attempts - q.attempts_before as attempts_in_run, s.retry_schedule_seconds as schedule_seconds
    from delivery_queue q left join subscriptions s on s.id = q.subscription_id
    where q.organisation_id = ${row.organisationId} and q.id = ${row.id}`
  if (!run) return []
  return planAttempts({
    attempts: row.attempts,
    attemptsInRun: run.attemptsInRun,
    nextAttemptAtMs: Math.max(row.nextAttemptAt.getTime(), ctx.clock.now()),
    scheduleSeconds: run.scheduleSeconds ?? ctx.config.dispatcher.retryScheduleSeconds,
  })
}

/** Those of some ids that there are, in no order. */
export async function readDeliveries(
  ctx: Context,
  tenant: Tenant,
  ids: readonly string[],
): Promise<Delivery[]> {
  const rows = await asTenant(ctx.database.api, tenant, (tx) => findDeliveries(tx, tenant, ids))
  return rows.map(presentDelivery)
}

/** @throws not_found, also for another organisation's */
export async function requireDelivery(tx: Tx, tenant: Tenant, id: string): Promise<DeliveryRow> {
  const [row] = isGuid(id) ? await findDeliveries(tx, tenant, [id]) : []
  if (!row) throw commonErrors.not_found({ detail: `There is no delivery ${id}.` })
  return row
}

function findDeliveries(tx: Tx, tenant: Tenant, ids: readonly string[]) {
  const ours = (table: 'q' | 'd') =>
    tenant === 'platform' ? tx`` : tx`and ${tx(`${table}.organisation_id`)} = ${tenant}`
  return tx<DeliveryRow[]>`
    select q.id, q.organisation_id, q.event_id, q.subscription_id, 'pending' as status, q.attempts, q.trigger,
      e.event_type, e.entity_type, e.entity_id, q.last_status_code, q.last_error, q.last_outcome,
      null::int as last_duration_ms, q.replay_id, null::timestamptz as finished_at, q.due_at as next_attempt_at
    from delivery_queue q join domain_events e on e.organisation_id = q.organisation_id and e.id = q.event_id
    where q.id = any (${ids as string[]}::uuid[]) ${ours('q')}
    union all
    select d.id, d.organisation_id, d.event_id, d.subscription_id, d.status, d.attempts, d.trigger,
      d.event_type, d.entity_type, d.entity_id, d.last_status_code, d.last_error, d.last_outcome,
      d.last_duration_ms, d.replay_id, d.finished_at, null
    from deliveries d where d.id = any (${ids as string[]}::uuid[]) ${ours('d')}`
}

export function presentDelivery(row: DeliveryRow): Delivery {
  return {
    ...row,
    createdAt: new Date(timeOfId(row.id)).toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
  }
}
