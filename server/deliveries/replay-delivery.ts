import { recordAudit } from '../audit/index.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../database/database.ts'
import { asTenant } from '../database/tenant.ts'
import type { Caller } from '../kernel/caller.ts'
import { deliveryErrors } from './errors.ts'
import { presentDelivery, requireDelivery } from './read-deliveries.ts'
import { returnToQueue } from './return-to-queue.ts'
import type { Delivery } from './schemas.ts'
import type { DeliveryRow, Tenant } from './search-deliveries.ts'

/**
 * Tries a delivery again: a finished one returns to the queue under its own id and goes on counting its attempts, with
 * the whole schedule before it; a pending one becomes due now. @throws not_found, delivery_event_dropped,
 * delivery_subscription_inactive
 */
export async function replayDelivery(
  ctx: Context,
  by: Caller,
  tenant: Tenant,
  id: string,
): Promise<Delivery> {
  const row = await asTenant(ctx.database.api, tenant, async (tx) => {
    const delivery = await requireDelivery(tx, tenant, id)
    await requireReplayable(tx, delivery)
    if (delivery.status === 'pending') await makeDue(tx, delivery)
    else await requeue(tx, delivery)
    const { organisationId, status } = delivery
    await recordAudit(tx, by, {
      action: 'delivery.replayed',
      organisationId,
      targetId: id,
      before: { status },
      after: { status: 'pending' },
    })
    return requireDelivery(tx, tenant, id)
  })
  ctx.signals.emit('queue')
  return presentDelivery(row)
}

async function requireReplayable(tx: Tx, delivery: DeliveryRow): Promise<void> {
  const [facts] = await tx<{ event: boolean; subscription: boolean }[]>`
    select
      exists (select from domain_events
        where organisation_id = ${delivery.organisationId} and id = ${delivery.eventId}) as event,
      exists (select from subscriptions
        where id = ${delivery.subscriptionId} and deleted_at is null and status <> 'disabled') as subscription`
  if (!facts?.event) throw deliveryErrors.delivery_event_dropped()
  if (!facts.subscription) {
    throw deliveryErrors.delivery_subscription_inactive({
      detail: `Resume it first: POST /v1/subscriptions/${delivery.subscriptionId}/resume.`,
    })
  }
}

async function makeDue(tx: Tx, delivery: DeliveryRow): Promise<void> {
  await tx`
    update delivery_queue set due_at = least(due_at, now()), trigger = 'replay'
    where organisation_id = ${delivery.organisationId} and id = ${delivery.id}`
}

async function requeue(tx: Tx, { organisationId, id }: DeliveryRow): Promise<void> {
  const keys = tx`select ${organisationId}::uuid as organisation_id, ${id}::uuid as id`
  await tx`with ${returnToQueue(tx, { keys, replayId: null })} select from requeued`
}
