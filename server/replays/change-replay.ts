import { recordAudit } from '../audit/index.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../database/database.ts'
import { planByIndex } from '../database/planner-settings.ts'
import { asTenant } from '../database/tenant.ts'
import { returnToLedger } from '../deliveries/index.ts'
import type { Caller } from '../kernel/caller.ts'
import { replayErrors } from './errors.ts'
import { detailOf } from './read-replays.ts'
import type { ReplayDetail, ReplayStatus } from './schemas.ts'
import { type ReplayRow, requireReplay, type Tenant } from './store.ts'

/** Queues nothing more until it is resumed; what is queued is still sent. @throws not_found, replay_finished */
export function pauseReplay(
  ctx: Context,
  by: Caller,
  tenant: Tenant,
  id: string,
): Promise<ReplayDetail> {
  const action = 'replay.paused'
  return change({ ctx, by, action, tenant, id }, (tx) => setStatus(tx, id, 'paused'))
}

/** Goes on where it stopped. @throws not_found, replay_finished */
export async function resumeReplay(
  ctx: Context,
  by: Caller,
  tenant: Tenant,
  id: string,
): Promise<ReplayDetail> {
  const action = 'replay.resumed'
  const replay = await change({ ctx, by, action, tenant, id }, (tx) => setStatus(tx, id, 'running'))
  ctx.signals.emit('replays')
  return replay
}

/**
 * Ends it. What it queued and nobody has attempted goes back to where it was and is no longer counted as queued; what
 * was attempted goes on. @throws not_found, replay_finished
 */
export function cancelReplay(
  ctx: Context,
  by: Caller,
  tenant: Tenant,
  id: string,
): Promise<ReplayDetail> {
  const action = 'replay.cancelled'
  return change({ ctx, by, action, tenant, id }, async (tx, replay) => {
    // First the status, under the row lock: from here on no batch of it counts.
    await setStatus(tx, id, 'cancelled')
    planByIndex(tx)
    await tx`
      with ${returnToLedger(tx, id, replay.mode === 'missing')}
      update replays set queued = queued - (select count(*) from withdrawn) where id = ${id}`
  })
}

interface Change {
  ctx: Context
  by: Caller
  action: 'replay.paused' | 'replay.resumed' | 'replay.cancelled'
  tenant: Tenant
  id: string
}

async function change(
  { ctx, by, action, tenant, id }: Change,
  work: (tx: Tx, replay: ReplayRow) => Promise<void>,
): Promise<ReplayDetail> {
  return asTenant(ctx.database.api, tenant, async (tx) => {
    const replay = await requireReplay(tx, tenant, id, { lock: true })
    if (replay.status !== 'running' && replay.status !== 'paused') {
      throw replayErrors.replay_finished({
        detail: `It is ${replay.status}. Create another one with POST /v1/replays.`,
      })
    }
    await work(tx, replay)
    const changed = await requireReplay(tx, tenant, id)
    await recordAudit(tx, by, {
      action,
      organisationId: replay.organisationId,
      targetId: id,
      before: { status: replay.status },
      after: { status: changed.status },
    })
    return detailOf(tx, changed, ctx)
  })
}

async function setStatus(tx: Tx, id: string, status: ReplayStatus): Promise<void> {
  const ends = status === 'cancelled'
  await tx`
    update replays
    set status = ${status}, finished_at = case when ${ends} then now() end, updated_at = now(), owner = null,
      lease_until = null
    where id = ${id} and status <> ${status}`
}
