import type { Context } from '../context.ts'
import { isUniqueViolation } from '../database/sql-state.ts'
import { asTenant } from '../database/tenant.ts'
import type { Caller } from '../kernel/caller.ts'
import { toColumns } from './check-settings.ts'
import { subscriptionErrors } from './errors.ts'
import { keepMasked } from './masked-headers.ts'
import { modeOf, presentSubscription } from './present.ts'
import { recordChange, type SubscriptionAction } from './record-change.ts'
import { newSecretFor, replaceSecret } from './replace-secret.ts'
import type { Subscription, SubscriptionPatch } from './schemas.ts'
import {
  forgetFailures,
  requireSubscription,
  type SubscriptionColumns,
  type SubscriptionRow,
  type SubscriptionScope,
  updateSubscription,
} from './store.ts'

/**
 * Changes the settings that are given; `null` clears one. With `ifMatch`, only if nobody has changed it since. Another
 * `signing` makes a new secret for it, as a rotation does.
 * @throws not_found, validation_failed, subscription_changed, subscription_secrets_full
 */
export async function patchSubscription(
  ctx: Context,
  by: Caller,
  scope: SubscriptionScope,
  ref: string,
  patch: SubscriptionPatch,
  ifMatch?: string,
): Promise<Subscription> {
  try {
    const action = 'subscription.updated'
    const row = await change({ ctx, by, action, scope, ref }, (current) => {
      requireUnchanged(current, ifMatch)
      const columns = toColumns(ctx.config, modeOf(current), patch)
      if (columns.headers !== undefined)
        columns.headers = keepMasked(current.headers, columns.headers)
      if (patch.signing === undefined || patch.signing === current.signing) return columns
      const secret = newSecretFor(patch.signing)
      return { ...columns, ...replaceSecret(current, secret, ctx.clock.now()) }
    })
    return presentSubscription(row)
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw subscriptionErrors.subscription_uid_taken({
      issues: [{ field: 'uid', message: 'is taken' }],
      cause: error,
    })
  }
}

/** RFC 9110 §13.1.1: a list of tags, or `*` for any. */
function requireUnchanged({ revision }: SubscriptionRow, ifMatch: string | undefined): void {
  const tags = ifMatch?.split(',').map((tag) => tag.trim())
  if (!tags || tags.includes('*') || tags.includes(`"${revision}"`)) return
  throw subscriptionErrors.subscription_changed({
    detail: `Its revision is ${revision}. Read it again, and send If-Match: "${revision}".`,
  })
}

/** Deliveries go on being created and wait, on disk, until it is resumed. */
export async function pauseSubscription(
  ctx: Context,
  by: Caller,
  scope: SubscriptionScope,
  ref: string,
): Promise<Subscription> {
  const action = 'subscription.paused'
  const row = await change({ ctx, by, action, scope, ref }, () => ({ status: 'paused' }))
  return presentSubscription(row)
}

/** Active again, whether it was paused or disabled; what waited is sent, and past failures are forgiven. */
export async function resumeSubscription(
  ctx: Context,
  by: Caller,
  scope: SubscriptionScope,
  ref: string,
): Promise<Subscription> {
  const action = 'subscription.resumed'
  const resumed = { status: 'active', disabled_reason: null } as const
  return presentSubscription(await change({ ctx, by, action, scope, ref }, () => resumed))
}

/** Kept for 30 days, so that a `PUT` with its uid revives it. */
export async function deleteSubscription(
  ctx: Context,
  by: Caller,
  scope: SubscriptionScope,
  ref: string,
): Promise<void> {
  const action = 'subscription.deleted'
  const deletedAt = new Date(ctx.clock.now())
  await change({ ctx, by, action, scope, ref }, () => ({ deleted_at: deletedAt }))
}

interface Change {
  ctx: Context
  by: Caller
  action: SubscriptionAction
  scope: SubscriptionScope
  ref: string
}

/** Changes a subscription in a transaction that leaves its trace. */
export async function change(
  { ctx, by, action, scope, ref }: Change,
  decide: (current: SubscriptionRow) => SubscriptionColumns,
): Promise<SubscriptionRow> {
  return asTenant(ctx.database.api, tenantOfScope(scope), async (tx) => {
    const current = await requireSubscription(tx, ctx.config.keyring, scope, ref, { lock: true })
    const columns = decide(current)
    if (startsAnew(current, columns)) await forgetFailures(tx, current.id)
    const changed = await updateSubscription(tx, ctx.config.keyring, current, columns)
    await recordChange(tx, by, action, current, changed)
    return changed
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
