import type { Context } from '../context.ts'
import { isUniqueViolation } from '../database/sql-state.ts'
import { asTenant } from '../database/tenant.ts'
import type { Caller } from '../kernel/caller.ts'
import { newId } from '../kernel/ids.ts'
import { requireSubscriptionQuota } from '../limits/index.ts'
import { ensureOrganisation } from '../organisations/index.ts'
import { toAllColumns } from './check-settings.ts'
import { subscriptionErrors } from './errors.ts'
import { keepMasked } from './masked-headers.ts'
import { presentSubscription } from './present.ts'
import { recordChange } from './record-change.ts'
import { newSecretFor } from './replace-secret.ts'
import type { SubscriptionInput, SubscriptionWithSecret } from './schemas.ts'
import { insertSubscription } from './store.ts'
import { sharedSecret } from './subscription-secret.ts'

/** Registers a subscription. @throws validation_failed, subscription_uid_taken, subscription_quota_exceeded */
export async function createSubscription(
  ctx: Context,
  by: Caller,
  organisationId: string | null,
  input: SubscriptionInput,
): Promise<SubscriptionWithSecret> {
  const columns = toAllColumns(ctx.config, input)
  keepMasked({}, input.headers ?? {})
  const { signing = 'hmac' } = input
  const secret = input.secret ?? newSecretFor(signing)
  try {
    const row = await asTenant(ctx.database.api, organisationId ?? 'platform', async (tx) => {
      if (organisationId) await ensureOrganisation(tx, organisationId)
      const inserted = await insertSubscription(
        tx,
        ctx.config.keyring,
        { id: newId(), organisationId },
        { ...columns, signing, secret },
      )
      await requireSubscriptionQuota(tx, organisationId, ctx.config.limits)
      await recordChange(tx, by, 'subscription.created', undefined, inserted)
      return inserted
    })
    return { ...presentSubscription(row), secret: sharedSecret(secret) }
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw subscriptionErrors.subscription_uid_taken({
      detail: `Use PUT /v1/subscriptions/uid:${input.uid} to change it, or another uid.`,
      issues: [
        {
          field: 'uid',
          message: 'is taken, perhaps by a subscription deleted in the last 30 days',
        },
      ],
      cause: error,
    })
  }
}
