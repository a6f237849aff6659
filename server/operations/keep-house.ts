import { purgePortalTokens } from '../access/index.ts'
import { deleteOldEntries } from '../audit/index.ts'
import type { Context } from '../context.ts'
import { databaseNowMs } from '../database/database-clock.ts'
import { listPartitions } from '../database/maintain-partitions.ts'
import { retireDeliveries } from '../deliveries/index.ts'
import { purgeIdempotencyKeys } from '../idempotency/index.ts'
import { deleteOldStats } from '../stats/index.ts'
import { purgeSubscriptions } from '../subscriptions/index.ts'

/**
 * Removes what is past its time, a batch at a time; any number of processes may. Returns whether there may be more.
 * Expired rows of `dispatchers` go at every renewal, those of the partitioned tables with their partition.
 */
export async function keepHouse(ctx: Context): Promise<boolean> {
  const { owner, engine } = ctx.database
  const oldestMs = async (table: string) => {
    const partitions = await listPartitions(owner, table)
    return Math.min(ctx.clock.now(), ...partitions.map(({ fromMs }) => fromMs))
  }
  const purged = await purgeSubscriptions(engine)
  const retired = await retireDeliveries(engine, {
    ledgerFromMs: await oldestMs('deliveries'),
    eventsFromMs: await oldestMs('domain_events'),
  })
  const { deliveries, audit } = ctx.config.retentionDays
  const deleted = await deleteOldStats(engine, deliveries, ctx.clock.now())
  const expired = await purgePortalTokens(engine)
  const answered = await purgeIdempotencyKeys(engine)
  const forgotten = await deleteOldEntries(owner, audit, await databaseNowMs(owner))
  return purged || retired || deleted || expired || answered || forgotten
}
