import type { Context } from '../context.ts'
import { planSearchByIndex } from '../database/planner-settings.ts'
import { asTenant } from '../database/tenant.ts'
import type { EventDeliveries } from '../events/index.ts'
import { lowestIdAt, timeOfId } from '../kernel/ids.ts'
import type { Delivery } from './schemas.ts'

/**
 * What became of some events of one organisation, in one statement. The ids of an event's deliveries begin with its
 * millisecond (deliveryIdOf), so each millisecond is read once, however many events share it.
 */
export async function countByEvent(
  ctx: Context,
  organisationId: string,
  eventIds: readonly string[],
): Promise<ReadonlyMap<string, EventDeliveries>> {
  const spans = [...new Set(eventIds.map(timeOfId))].map((atMs) => ({
    lowest: lowestIdAt(atMs),
    below: lowestIdAt(atMs + 1),
  }))
  const rows = await asTenant(ctx.database.api, organisationId, (tx) => {
    planSearchByIndex(tx)
    return tx<{ eventId: string; status: Delivery['status']; count: number }[]>`
      select f.event_id, f.status, count(*)::int as count
      from json_to_recordset(${JSON.stringify(spans)}::text::json) as s(lowest uuid, below uuid)
      cross join lateral (
        select event_id, status from deliveries
        where organisation_id = ${organisationId} and id >= s.lowest and id < s.below
        union all
        select event_id, 'pending' from delivery_queue
        where organisation_id = ${organisationId} and id >= s.lowest and id < s.below
      ) f
      where f.event_id = any (${eventIds as string[]}::uuid[])
      group by f.event_id, f.status`
  })
  const counts = new Map<string, EventDeliveries>()
  for (const { eventId, status, count } of rows) {
    const sums = counts.get(eventId) ?? {
      total: 0,
      succeeded: 0,
      failed: 0,
      pending: 0,
      cancelled: 0,
    }
    sums.total += count
    sums[status] += count
    counts.set(eventId, sums)
  }
  return counts
}
