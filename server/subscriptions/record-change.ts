import { recordAudit } from '../audit/index.ts'
import type { Tx } from '../database/database.ts'
import type { Caller } from '../kernel/caller.ts'
import { presentSubscription } from './present.ts'
import type { SubscriptionRow } from './store.ts'

export type SubscriptionAction = Extract<
  Parameters<typeof recordAudit>[2]['action'],
  `subscription.${string}`
>

/** Leaves the trace of a change in the audit log; `before` is undefined for a subscription that is new. */
export async function recordChange(
  tx: Tx,
  by: Caller | 'system',
  action: SubscriptionAction,
  before: SubscriptionRow | undefined,
  after: SubscriptionRow,
): Promise<void> {
  const { id: targetId, organisationId } = after
  await recordAudit(tx, by, {
    action,
    organisationId,
    targetId,
    before: before && settingsOf(before),
    after: settingsOf(after),
  })
}

/** What people decide on, and the secrets, so that the log can say that it changed. A deleted one has nothing to tell. */
function settingsOf(row: SubscriptionRow) {
  if (row.deletedAt !== null) return undefined
  const { id, organisationId, health, revision, createdAt, updatedAt, ...settings } =
    presentSubscription(row)
  const previousSecretsExpireAt = row.previousSecrets.map(({ expiresAt }) => expiresAt)
  return { ...settings, headers: row.headers, secret: row.secret, previousSecretsExpireAt }
}
