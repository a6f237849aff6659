import type { Context } from '../context.ts'
import { isDataError } from '../database/sql-state.ts'
import { abandonDelivery, type Settlement, settleDeliveries } from '../deliveries/index.ts'
import { deliveryExhaustedEvent } from '../publishing/index.ts'
import type { SubscriptionDirectory } from '../subscriptions/index.ts'

/** Writes what became of leases, and tells of what was given up. Answers the deliveries that counted. */
export async function writeSettlements(
  ctx: Context,
  directory: SubscriptionDirectory,
  settlements: readonly Settlement[],
): Promise<ReadonlySet<string>> {
  const isAnyFailed = settlements.some(({ status }) => status === 'failed')
  // A process that sends nothing may not know yet who hears of it.
  if (isAnyFailed) await directory.refresh()
  const announcements = settlements.flatMap((one) => deliveryExhaustedEvent(one, directory) ?? [])
  const counted = await write(ctx, settlements, announcements)
  if (announcements.length > 0) ctx.signals.emit('events')
  return counted
}

async function write(
  ctx: Context,
  settlements: readonly Settlement[],
  announcements: Parameters<typeof settleDeliveries>[2],
): Promise<Set<string>> {
  const { engine } = ctx.database
  try {
    return await settleDeliveries(engine, settlements, announcements)
  } catch (error) {
    if (!isDataError(error)) throw error
  }
  // One is older than the ledger goes back: each by itself, so that it does not hold up the others.
  const counted = new Set<string>()
  for (const one of settlements) {
    try {
      for (const id of await settleDeliveries(engine, [one], announcements)) counted.add(id)
    } catch (error) {
      if (!isDataError(error)) throw error
      ctx.log.warn(
        { err: error, deliveryId: one.id },
        'the delivery cannot be recorded and is abandoned',
      )
      await abandonDelivery(engine, one.organisation_id, one.id)
      counted.add(one.id)
    }
  }
  return counted
}
