import type { Tx } from '../database/database.ts'
import type { Keyring } from '../kernel/keyring.ts'
import { isFailingTooLong } from './health.ts'
import { recordChange } from './record-change.ts'
import { healthOf, type SubscriptionRow, updateSubscription } from './store.ts'
import { openRow } from './stored-secrets.ts'
import { toHealth } from './write-health.ts'

/** Why a subscription is to be disabled: its receiver answered 410, or nothing succeeded for so long. */
export type DisableCause = { reason: 'gone' } | { reason: 'failing'; disableAfterMs: number }

export interface DisabledSubscription {
  id: string
  organisationId: string | null
  url: string | null
  uid: string | null
  description: string | null
  disabledReason: string
  failingSince: string | null
}

/**
 * Stops a subscription for a reason its owner can read; what waits for it is held. Does nothing, and answers nothing,
 * unless it is active and the cause still holds: of several processes that want to, one does. One that is pulled is
 * never disabled: its consumer would miss what happens meanwhile.
 */
export async function disableSubscription(
  tx: Tx,
  keyring: Keyring,
  id: string,
  cause: DisableCause,
): Promise<DisabledSubscription | undefined> {
  // Row first, revision after it: the order in which every change of a subscription takes its locks.
  const [stored] = await tx<(SubscriptionRow & { now: Date })[]>`
    select *, ${healthOf(tx)}, now() from subscriptions
    where id = ${id} and status = 'active' and mode = 'webhook' and deleted_at is null for update`
  if (!stored) return undefined
  const row = openRow(keyring, stored)
  const failingSince = row.health?.failing_since
    ? new Date(row.health.failing_since).toISOString()
    : null
  if (cause.reason === 'failing') {
    const health = toHealth(row.health)
    if (!isFailingTooLong(health, row.now.getTime(), cause.disableAfterMs)) return undefined
  }
  const disabledReason =
    cause.reason === 'gone'
      ? 'The receiver answered 410 Gone.'
      : `Every attempt since ${failingSince} failed.`
  const changes = { status: 'disabled', disabled_reason: disabledReason } as const
  const disabled = await updateSubscription(tx, keyring, row, changes)
  await recordChange(tx, 'system', 'subscription.disabled', row, disabled)
  const { organisationId, url, uid, description } = row
  return { id, organisationId, url, uid, description, disabledReason, failingSince }
}
