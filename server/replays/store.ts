import type { Tx } from '../database/database.ts'
import { commonErrors } from '../kernel/errors.ts'
import { isUuid } from '../kernel/ids.ts'
import type { Replay } from './schemas.ts'
import type { replays } from './tables.ts'
import { boundsOf, type RetentionDays } from './task.ts'
import { noneSkipped } from './window.ts'

/** An organisation's id, or `platform`: all of them. */
export type Tenant = string

export type ReplayRow = typeof replays.$inferSelect

/** @throws not_found, also for another organisation's */
export async function requireReplay(
  tx: Tx,
  tenant: Tenant,
  id: string,
  options: { lock?: boolean } = {},
): Promise<ReplayRow> {
  const [row] = isUuid(id)
    ? await tx<ReplayRow[]>`
        select * from replays
        where id = ${id} ${tenant === 'platform' ? tx`` : tx`and organisation_id = ${tenant}`}
        ${options.lock ? tx`for update` : tx``}`
    : []
  if (!row) throw commonErrors.not_found({ detail: `There is no replay ${id}.` })
  return row
}

export function presentReplay(row: ReplayRow, retention: RetentionDays): Replay {
  const filter = row.filter as NonNullable<Replay['filter']>
  const mode = row.mode as Replay['mode']
  const { id, organisationId, deliveryIds, ratePerSecond, queued, error, createdBy } = row
  const createdAtMs = row.createdAt.getTime()
  const task = { organisationId, mode, filter, deliveryIds, createdAtMs }
  return {
    id,
    organisationId,
    mode,
    filter: deliveryIds ? null : filter,
    selected: deliveryIds?.length ?? null,
    ratePerSecond,
    status: row.status as Replay['status'],
    queued,
    skipped: { ...noneSkipped, ...(row.skipped as Partial<Replay['skipped']>) },
    estimate: row.estimate as Replay['estimate'],
    clampedSince: boundsOf(task, retention, createdAtMs).clampedSince,
    error,
    createdBy,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }
}
