import type { Context } from '../context.ts'
import { asTenant } from '../database/tenant.ts'

/** Of the queue: about five thousand rows. A shorter one is read whole. */
const pagesMax = 200
const subscriptionsMax = 10

interface MostWaiting {
  /** Whether the numbers are of a sample. */
  estimated: boolean
  data: {
    subscriptionId: string
    organisationId: string | null
    url: string | null
    waiting: number
  }[]
}

/**
 * The ten subscriptions that most deliveries wait for. Looks at no more than 200 pages of the queue, spread evenly and
 * the same ones each time, however long it is. Platform credentials only: the caller has seen to that.
 */
export async function readMostWaiting(ctx: Context): Promise<MostWaiting> {
  const rows = await asTenant(ctx.database.api, 'platform', async (tx) => {
    const share = tx`least(1, ${pagesMax}::float8 * current_setting('block_size')::int
      / greatest(1, pg_relation_size('delivery_queue')))`
    return tx<(MostWaiting['data'][number] & { estimated: boolean })[]>`
      with most as (
        select subscription_id, count(*) as seen
        from delivery_queue tablesample system (100 * ${share}) repeatable (0)
        group by subscription_id order by seen desc, subscription_id limit ${subscriptionsMax}
      )
      select m.subscription_id, s.organisation_id, s.url, round(m.seen / ${share})::bigint as waiting,
        ${share} < 1 as estimated
      from most m left join subscriptions s on s.id = m.subscription_id
      order by m.seen desc, m.subscription_id`
  })
  return {
    estimated: rows[0]?.estimated ?? false,
    data: rows.map(({ estimated: _, ...row }) => row),
  }
}
