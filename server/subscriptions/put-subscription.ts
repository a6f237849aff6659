import type { Context } from '../context.ts'
import { isUniqueViolation } from '../database/sql-state.ts'
import { asTenant } from '../database/tenant.ts'
import type { Caller } from '../kernel/caller.ts'
import { commonErrors, type FieldIssue } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { requireSubscriptionQuota } from '../limits/index.ts'
import { ensureOrganisation } from '../organisations/index.ts'
import { startsAnew } from './change-subscription.ts'
import { defaultColumns, toAllColumns } from './check-settings.ts'
import { subscriptionErrors } from './errors.ts'
import { keepMasked } from './masked-headers.ts'
import { presentSubscription } from './present.ts'
import { recordChange } from './record-change.ts'
import { newSecretFor, replaceSecret } from './replace-secret.ts'
import { requireOpen } from './require-open.ts'
import {
  type Signing,
  type SubscriptionInput,
  type SubscriptionWithSecret,
  uidSchema,
} from './schemas.ts'
import { overlapSecondsDefault } from './secret.ts'
import {
  findSubscription,
  forgetFailures,
  insertSubscription,
  updateSubscription,
} from './store.ts'
import type { SubscriptionRow } from './subscription-row.ts'
import { sharedSecret } from './subscription-secret.ts'

/**
 * Creates, replaces or revives. By `uid:…` it is an upsert: a deleted subscription comes back with its secret and
 * with the deliveries that waited. By id it replaces. The secret is answered, since a reviver needs it. Another secret or
 * `signing` is a rotation.
 * @throws validation_failed, not_found, subscription_quota_exceeded, subscription_secrets_full, subscription_uid_taken
 */
export async function putSubscription(...args: Parameters<typeof put>): ReturnType<typeof put> {
  try {
    return await put(...args)
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    const [, , , ref] = args
    // Somebody made it at the same moment: now there is one to replace.
    if (ref.startsWith('uid:')) return put(...args)
    throw subscriptionErrors.subscription_uid_taken({
      issues: [{ field: 'uid', message: 'is taken' }],
      cause: error,
    })
  }
}

async function put(
  ctx: Context,
  by: Caller,
  organisationId: string | null,
  ref: string,
  input: SubscriptionInput,
): Promise<{ created: boolean; subscription: SubscriptionWithSecret }> {
  const uid = uidOf(ref, input)
  const columns = {
    ...defaultColumns,
    ...toAllColumns(ctx.config, { ...input, uid: uid ?? input.uid }),
  }
  const { keyring } = ctx.config
  return asTenant(ctx.database.api, organisationId ?? 'platform', async (tx) => {
    const existing = await findSubscription(tx, keyring, organisationId, ref, {
      deleted: uid !== undefined,
      lock: true,
    })
    if (!existing && uid === undefined) {
      throw commonErrors.not_found({ detail: `There is no subscription ${ref}.` })
    }
    const headers = keepMasked(existing?.headers ?? {}, columns.headers)
    const { signing, secret } = secretFor(input, existing)
    const shown = { secret: sharedSecret(secret) }
    if (!existing) {
      if (organisationId) await ensureOrganisation(tx, organisationId)
      const row = await insertSubscription(
        tx,
        keyring,
        { id: newId(), organisationId },
        { ...columns, headers, signing, secret },
      )
      await requireSubscriptionQuota(tx, organisationId, ctx.config.limits)
      await recordChange(tx, by, 'subscription.created', undefined, row)
      return { created: true, subscription: { ...presentSubscription(row), ...shown } }
    }
    requireSameMode(existing.mode, columns.mode)
    const isDeleted = existing.deletedAt !== null
    const revived = isDeleted
      ? ({ deleted_at: null, status: 'active', disabled_reason: null } as const)
      : {}
    const overlapSeconds = columns.mode === 'pull' ? 0 : overlapSecondsDefault
    const replaced = replaceSecret(existing, secret, ctx.clock.now(), overlapSeconds)
    const changed = { ...columns, ...revived, headers, ...replaced }
    if (startsAnew(existing, changed)) await forgetFailures(tx, existing.id)
    const row = await updateSubscription(tx, keyring, existing, changed)
    if (isDeleted) await requireSubscriptionQuota(tx, organisationId, ctx.config.limits)
    const action = isDeleted ? 'subscription.revived' : 'subscription.updated'
    await recordChange(tx, by, action, existing, row)
    // Of one that was there before, it was read; whoever sent it knew it.
    if (shown.secret !== null && input.secret === undefined && existing.secret === secret)
      await recordChange(tx, by, 'subscription.secret_read', row, row)
    return { created: false, subscription: { ...presentSubscription(row), ...shown } }
  })
}

/** The uid in the path, held to what one in a body is held to. @throws validation_failed */
function uidOf(ref: string, input: SubscriptionInput): string | undefined {
  if (!ref.startsWith('uid:')) return undefined
  const uid = ref.slice('uid:'.length)
  const issues: FieldIssue[] = (uidSchema.safeParse(uid).error?.issues ?? []).map(
    ({ message }) => ({ field: 'id', message }),
  )
  if (input.uid !== undefined && input.uid !== uid)
    issues.push({
      field: 'uid',
      message: 'differs from the path',
      fix: 'Leave it out, or send the same.',
    })
  if (issues.length > 0) throw commonErrors.validation_failed({ issues })
  return uid
}

/** A scheme or a secret that is left out stays as it is, for a receiver goes by it; only HMAC takes one that is given. */
function secretFor(
  input: SubscriptionInput,
  existing: SubscriptionRow | undefined,
): { signing: Signing; secret: string } {
  const kept = existing && presentSubscription(existing).signing
  const signing = input.signing ?? (input.secret === undefined ? (kept ?? 'hmac') : 'hmac')
  if (input.secret !== undefined) return { signing, secret: input.secret }
  if (!existing || kept !== signing) return { signing, secret: newSecretFor(signing) }
  requireOpen(existing)
  return { signing, secret: existing.secret }
}

/** What waits for it lies where the one or the other finds it. */
function requireSameMode(current: string, wanted: string | undefined): void {
  if (current === wanted) return
  throw subscriptionErrors.subscription_mode_fixed({
    detail: `It is ${current}. Send mode "${current}", or register another one under another uid.`,
  })
}
