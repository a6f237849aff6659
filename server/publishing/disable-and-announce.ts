import type { Context } from '../context.ts'
import { type DisableCause, disableSubscription, type LastAttempt } from '../subscriptions/index.ts'
import { subscriptionDisabledEvent } from './operational-events.ts'

/**
 * Disables a subscription and, in the same transaction, stores the event that tells its organisation: both happen, and
 * once. One of the platform has no organisation that could be told; the log says it.
 */
export async function disableAndAnnounce(
  ctx: Context,
  id: string,
  cause: DisableCause,
  last: LastAttempt,
): Promise<void> {
  const disabled = await ctx.database.engine.transaction(async (tx) => {
    const row = await disableSubscription(tx, ctx.config.keyring, id, cause)
    if (!row) return undefined
    const { organisationId } = row
    if (organisationId === null) return row
    const event = subscriptionDisabledEvent({ ...row, organisationId }, cause.reason, last)
    await tx`
      insert into domain_events (id, organisation_id, entity_type, entity_id, event_type, source, data)
      values (${event.id}, ${organisationId}, ${event.entity_type}, ${event.entity_id}, ${event.event_type},
        ${event.source}, ${JSON.stringify(event.data)}::text::jsonb)`
    return row
  })
  if (!disabled) return
  const fields = { subscriptionId: id, url: disabled.url, reason: disabled.disabledReason }
  if (disabled.organisationId === null)
    ctx.log.error(fields, 'a platform subscription was disabled')
  else ctx.log.warn(fields, 'a subscription was disabled')
  ctx.signals.emit('subscriptions')
  ctx.signals.emit('events')
}
