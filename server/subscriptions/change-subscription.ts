import type { Context } from '../context.ts'
import { isUniqueViolation } from '../database/sql-state.ts'
import { asTenant } from '../database/tenant.ts'
import { toColumns } from './check-settings.ts'
import { subscriptionErrors } from './errors.ts'
import { presentSubscription } from './present.ts'
import type { Subscription, SubscriptionPatch } from './schemas.ts'
import { newSecret, secretOverlapMs } from './secret.ts'
import {
  forgetFailures,
  requireSubscription,
  type SubscriptionColumns,
  type SubscriptionRow,
  type SubscriptionScope,
  updateSubscription,
} from './store.ts'

/** Changes the settings that are given; `null` clears one. @throws not_found, validation_failed */
export async function patchSubscription(
  ctx: Context,
  scope: SubscriptionScope,
  ref: string,
  patch: SubscriptionPatch,
): Promise<Subscription> {
  const columns = toColumns(ctx.config, patch)
  try {
    return presentSubscription(await change(ctx, scope, ref, () => columns))
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw subscriptionErrors.subscription_uid_taken({
      issues: [{ field: 'uid', message: 'is taken' }],
      cause: error,
    })
  }
}

/** Deliveries go on being created and wait, on disk, until it is resumed. */
export async function pauseSubscription(
  ctx: Context,
  scope: SubscriptionScope,
  ref: string,
): Promise<Subscription> {
  return presentSubscription(await change(ctx, scope, ref, () => ({ status: 'paused' })))
}

/** Active again, whether it was paused or disabled; what waited is sent, and past failures are forgiven. */
export async function resumeSubscription(
  ctx: Context,
  scope: SubscriptionScope,
  ref: string,
): Promise<Subscription> {
  return presentSubscription(
    await change(ctx, scope, ref, () => ({ status: 'active', disabled_reason: null })),
  )
}

/** Kept for 30 days, so that a `PUT` with its uid revives it. */
export async function deleteSubscription(
  ctx: Context,
  scope: SubscriptionScope,
  ref: string,
): Promise<void> {
  await change(ctx, scope, ref, () => ({ deleted_at: new Date(ctx.clock.now()) }))
}

export interface SubscriptionSecret {
  secret: string
  previousSecret: string | null
  previousSecretExpiresAt: string | null
}

/** A new secret; for 24 h requests are signed with both. */
export async function rotateSecret(
  ctx: Context,
  scope: SubscriptionScope,
  ref: string,
): Promise<SubscriptionSecret> {
  const row = await change(ctx, scope, ref, (current) => ({
    secret: newSecret(),
    previous_secret: current.secret,
    previous_secret_expires_at: new Date(ctx.clock.now() + secretOverlapMs),
  }))
  return presentSecret(ctx, row)
}

export async function getSecret(
  ctx: Context,
  scope: SubscriptionScope,
  ref: string,
): Promise<SubscriptionSecret> {
  const row = await asTenant(ctx.database.api, tenantOfScope(scope), (tx) =>
    requireSubscription(tx, scope, ref),
  )
  return presentSecret(ctx, row)
}

function presentSecret(ctx: Context, row: SubscriptionRow): SubscriptionSecret {
  const expiresAt = row.previousSecretExpiresAt
  const overlaps = expiresAt !== null && expiresAt.getTime() > ctx.clock.now()
  return {
    secret: row.secret,
    previousSecret: overlaps ? row.previousSecret : null,
    previousSecretExpiresAt: overlaps ? expiresAt.toISOString() : null,
  }
}

async function change(
  ctx: Context,
  scope: SubscriptionScope,
  ref: string,
  decide: (current: SubscriptionRow) => SubscriptionColumns,
): Promise<SubscriptionRow> {
  return asTenant(ctx.database.api, tenantOfScope(scope), async (tx) => {
    const current = await requireSubscription(tx, scope, ref, { lock: true })
    const columns = decide(current)
    if (startsAnew(current, columns)) await forgetFailures(tx, current.id)
    return updateSubscription(tx, current.id, columns)
  })
}

/** Resumed or revived, or sent to another address: what failed before says nothing of what comes. */
export function startsAnew(current: SubscriptionRow, columns: SubscriptionColumns): boolean {
  const resumed =
    columns.status === 'active' && (current.status !== 'active' || current.deletedAt !== null)
  return resumed || (columns.url !== undefined && columns.url !== current.url)
}

export function tenantOfScope(scope: SubscriptionScope): string {
  return scope === null || scope === 'any' ? 'platform' : scope
}
