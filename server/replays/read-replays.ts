import type { Context } from '../context.ts'
import type { Tx } from '../database/database.ts'
import { asTenant } from '../database/tenant.ts'
import { decodeCursor, type Page, toPage } from '../kernel/page.ts'
import type { Replay, ReplayDetail } from './schemas.ts'
import { presentReplay, type ReplayRow, requireReplay, type Tenant } from './store.ts'

/** Finished deliveries of a replay are counted up to here, of each status. */
const countMax = 100_000

export interface ReplayQuery {
  limit: number
  cursor?: string | undefined
  status?: Replay['status'] | undefined
}

/** Newest first. */
export async function listReplays(
  ctx: Context,
  tenant: Tenant,
  query: ReplayQuery,
): Promise<Page<Replay>> {
  const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor)
  const rows = await asTenant(
    ctx.database.api,
    tenant,
    (tx) => tx<ReplayRow[]>`
      select * from replays
      where ${tenant === 'platform' ? tx`true` : tx`organisation_id = ${tenant}`}
        ${query.status ? tx`and status = ${query.status}` : tx``}
        ${before ? tx`and id < ${before}` : tx``}
      order by id desc limit ${query.limit + 1}`,
  )
  return toPage(rows, query.limit, (row) => presentReplay(row, ctx.config.retentionDays))
}

/** A replay with what became of its deliveries. @throws not_found */
export async function getReplay(ctx: Context, tenant: Tenant, id: string): Promise<ReplayDetail> {
  return asTenant(ctx.database.api, tenant, async (tx) => {
    const row = await requireReplay(tx, tenant, id)
    return detailOf(tx, row, ctx)
  })
}

export async function detailOf(tx: Tx, row: ReplayRow, ctx: Context): Promise<ReplayDetail> {
  const finished = (status: string) => tx`
    (select count(*)::int from (
      select from deliveries where replay_id = ${row.id} and status = ${status} limit ${countMax}
    ) counted)`
  const [counts] = await tx<{ pending: number; succeeded: number; failed: number }[]>`
    select (select count(*)::int from delivery_queue where replay_id = ${row.id}) as pending,
      ${finished('succeeded')} as succeeded, ${finished('failed')} as failed`
  const { pending = 0, succeeded = 0, failed = 0 } = counts ?? {}
  return {
    ...presentReplay(row, ctx.config.retentionDays),
    pending,
    succeeded,
    failed,
    complete: Math.max(succeeded, failed) < countMax,
  }
}
