import { recordAudit } from '../audit/index.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../database/database.ts'
import { isDataError } from '../database/sql-state.ts'
import { asTenant } from '../database/tenant.ts'
import type { Caller } from '../kernel/caller.ts'
import { deliveryErrors } from './errors.ts'
import { presentDelivery, requireDelivery } from './read-deliveries.ts'
import type { Delivery } from './schemas.ts'
import type { DeliveryRow, Tenant } from './search-deliveries.ts'

/**
 * Ends a delivery that is pending. Whoever takes its row out of the queue decides what becomes of it: this, or the
 * dispatcher that settles it. An attempt that is under way, or in a dispatcher's memory by now, is still made and
 * recorded; if it succeeds, the delivery has succeeded (settleWithdrawn). @throws not_found, delivery_finished
 */
export async function cancelDelivery(
  ctx: Context,
  by: Caller,
  tenant: Tenant,
  id: string,
): Promise<Delivery> {
  const run = (isRecorded: boolean) =>
    asTenant(ctx.database.api, tenant, async (tx) => {
      const delivery = await requireDelivery(tx, tenant, id)
      const withdrawn = await withdraw(tx, delivery, isRecorded)
      if (withdrawn) {
        await recordAudit(tx, by, {
          action: 'delivery.cancelled',
          organisationId: delivery.organisationId,
          targetId: id,
          before: { status: 'pending' },
          after: { status: withdrawn.status },
        })
        return { ...delivery, ...withdrawn }
      }
      const { status } = await requireDelivery(tx, tenant, id)
      throw deliveryErrors.delivery_finished({
        detail: `It is ${status}; only a pending delivery can be cancelled.`,
      })
    })
  const row = await run(true).catch((error) => {
    if (!isDataError(error)) throw error
    // It waited for longer than finished ones are kept: no partition takes it any more.
    return run(false)
  })
  // An entity whose order is kept may have waited for it.
  ctx.signals.emit('queue')
  return presentDelivery(row)
}

type Withdrawn = Pick<
  DeliveryRow,
  | 'status'
  | 'attempts'
  | 'lastStatusCode'
  | 'lastError'
  | 'lastOutcome'
  | 'finishedAt'
  | 'nextAttemptAt'
>

/** From the queue to the ledger; undefined when it is not in the queue. */
async function withdraw(
  tx: Tx,
  delivery: DeliveryRow,
  isRecorded: boolean,
): Promise<Withdrawn | undefined> {
  const { organisationId, id, eventType, entityType, entityId } = delivery
  const [row] = await tx<Withdrawn[]>`
    with removed as (
      delete from delivery_queue where organisation_id = ${organisationId} and id = ${id} returning *
    ), recorded as (
      insert into deliveries (organisation_id, id, event_id, subscription_id, status, attempts, trigger, event_type,
        entity_type, entity_id, last_status_code, last_error, last_outcome, replay_id)
      select organisation_id, id, event_id, subscription_id, 'cancelled', attempts, trigger, ${eventType}::text,
        ${entityType}::text, ${entityId}::uuid, last_status_code, last_error, last_outcome, replay_id
      from removed where ${isRecorded}
    )
    select 'cancelled' as status, attempts, last_status_code, last_error, last_outcome, now() as finished_at,
      null::timestamptz as next_attempt_at
    from removed`
  return row
}
