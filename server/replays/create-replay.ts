import { recordAudit } from '../audit/index.ts'
import type { Context } from '../context.ts'
import { planByIndex } from '../database/planner-settings.ts'
import { asTenant } from '../database/tenant.ts'
import type { Caller } from '../kernel/caller.ts'
import { newId } from '../kernel/ids.ts'
import type { SubscriptionDirectory } from '../subscriptions/index.ts'
import { type DryRunLimits, dryRun } from './dry-run.ts'
import { planReplay } from './plan-replay.ts'
import { detailOf } from './read-replays.ts'
import type { ReplayDetail, ReplayDryRun, ReplayInput } from './schemas.ts'
import type { Source } from './source.ts'
import type { ReplayRow, Tenant } from './store.ts'
import { boundsOf, type ReplayTask } from './task.ts'

const dryRunLimits: DryRunLimits = { rowsMax: 100_000, durationMaxMs: 3000 }
const estimateLimits: DryRunLimits = { rowsMax: 20_000, durationMaxMs: 500 }

export interface ReplayRequest {
  by: Caller
  tenant: Tenant
  input: ReplayInput
}

/** Counts what a replay would send and skip. @throws what createReplay throws */
export async function dryRunReplay(
  ctx: Context,
  directory: SubscriptionDirectory,
  request: ReplayRequest,
): Promise<ReplayDryRun> {
  const task = await taskOf(ctx, directory, request)
  return dryRun(sourceOf(ctx, directory, request.tenant, task), dryRunLimits, ctx.clock)
}

/**
 * Starts a replay: a job for whichever dispatcher is free first. @throws replay_filter_empty,
 * replay_subscription_required, replay_subscription_inactive, organisation_required, not_found
 */
export async function createReplay(
  ctx: Context,
  directory: SubscriptionDirectory,
  request: ReplayRequest,
): Promise<ReplayDetail> {
  const { by, tenant, input } = request
  const task = await taskOf(ctx, directory, request)
  const source = sourceOf(ctx, directory, tenant, task)
  const { willSend, complete } = await dryRun(source, estimateLimits, ctx.clock)
  const replay = await asTenant(ctx.database.api, tenant, async (tx) => {
    const [row] = await tx<ReplayRow[]>`
      insert into replays (id, organisation_id, mode, filter, delivery_ids, rate_per_second, estimate, created_by,
        created_at)
      values (${newId()}, ${task.organisationId}, ${task.mode}, ${JSON.stringify(task.filter)}::text::jsonb,
        ${task.deliveryIds}::uuid[], ${input.ratePerSecond ?? null},
        ${JSON.stringify({ willSend, complete })}::text::jsonb, ${`${by.actor.kind}:${by.actor.id}`},
        ${new Date(task.createdAtMs)})
      returning *`
    const created = await detailOf(tx, row as ReplayRow, ctx)
    const {
      id: targetId,
      organisationId,
      mode,
      filter,
      selected,
      ratePerSecond,
      estimate,
    } = created
    await recordAudit(tx, by, {
      action: 'replay.created',
      organisationId,
      targetId,
      after: { mode, filter, selected, ratePerSecond, estimate },
    })
    return created
  })
  ctx.signals.emit('replays')
  return replay
}

async function taskOf(
  ctx: Context,
  directory: SubscriptionDirectory,
  { by, tenant, input }: ReplayRequest,
): Promise<ReplayTask> {
  await directory.refresh()
  const byPlatform = by.actor.organisationId === null
  const nowMs = ctx.clock.now()
  return planReplay({ input, tenant, byPlatform, nowMs, find: (id) => directory.get(id) })
}

/** Reads in the name of the tenant, each statement in a transaction of its own. */
function sourceOf(
  ctx: Context,
  directory: SubscriptionDirectory,
  tenant: Tenant,
  task: ReplayTask,
): Source {
  return {
    db: {
      query: (build) =>
        asTenant(ctx.database.api, tenant, async (tx) => {
          planByIndex(tx)
          return build(tx)
        }),
    },
    directory,
    task,
    bounds: boundsOf(task, ctx.config.retentionDays, task.createdAtMs),
  }
}
