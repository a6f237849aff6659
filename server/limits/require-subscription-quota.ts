import type { Tx } from '../database/database.ts'
import type { LimitConfig } from '../kernel/limit-config.ts'
import { limitErrors } from './errors.ts'
import { quotasWith, readOwnQuotas } from './own-quotas.ts'

/**
 * After a subscription was written, in its transaction, which holds the lock on the revision: of two that are made at
 * once, the second sees the first. @throws subscription_quota_exceeded, which undoes it
 */
export async function requireSubscriptionQuota(
  tx: Tx,
  organisationId: string | null,
  { quotas }: LimitConfig,
): Promise<void> {
  if (organisationId === null) return
  const own = await readOwnQuotas(tx, organisationId)
  const allowed = quotasWith(own, quotas).subscriptions
  if (allowed === 0) return
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from subscriptions
    where organisation_id = ${organisationId} and deleted_at is null`
  if ((row?.count ?? 0) <= allowed) return
  throw limitErrors.subscription_quota_exceeded({
    detail: `It may have ${allowed}. Delete one that is not needed, or ask whoever runs Posthorn for more.`,
    limit: { name: 'subscriptions', value: allowed },
  })
}
