import type { Tx } from '../database/database.ts'
import { commonErrors } from '../kernel/errors.ts'
import { isUuid } from '../kernel/ids.ts'
import type { Keyring } from '../kernel/keyring.ts'
import { openRow, type SecretOwner, sealColumns } from './stored-secrets.ts'
import type { SubscriptionColumns, SubscriptionRow } from './subscription-row.ts'

export type { HealthColumn, SubscriptionColumns, SubscriptionRow } from './subscription-row.ts'

/** The driver's helper takes columns by name; what the values are is said by SubscriptionColumns. */
type Assignments = Record<string, never>

/** Whose subscription is meant: an organisation's, the platform's (`null`), or any (a platform credential's view). */
export type SubscriptionScope = string | null | 'any'

/** An id, or `uid:` and the caller's own. */
export type SubscriptionRef = string

/** Every write goes through one of these two, so that none forgets the revision that tells readers they are stale. */
export async function insertSubscription(
  tx: Tx,
  keyring: Keyring,
  owner: SecretOwner,
  columns: SubscriptionColumns,
): Promise<SubscriptionRow> {
  const { id, organisationId } = owner
  const sealed = sealColumns(keyring, owner, columns)
  const values = { id, organisation_id: organisationId, ...sealed }
  const revision = await nextRevision(tx)
  const [row] = await tx<SubscriptionRow[]>`
    insert into subscriptions ${tx({ ...values, revision } as unknown as Assignments)} returning *, null as health`
  return openRow(keyring, row as SubscriptionRow)
}

export async function updateSubscription(
  tx: Tx,
  keyring: Keyring,
  owner: SecretOwner,
  columns: SubscriptionColumns,
): Promise<SubscriptionRow> {
  const sealed = sealColumns(keyring, owner, columns)
  const revision = await nextRevision(tx)
  const [row] = await tx<SubscriptionRow[]>`
    update subscriptions set ${tx({ ...sealed, revision } as unknown as Assignments)}, updated_at = now()
    where id = ${owner.id} returning *, ${healthOf(tx)}`
  return openRow(keyring, row as SubscriptionRow)
}

/** The row lock makes revisions appear in the order in which they commit. */
async function nextRevision(tx: Tx): Promise<number> {
  const [row] = await tx<{ revision: number }[]>`
    update subscription_revision set revision = revision + 1 returning revision`
  return (row as { revision: number }).revision
}

/** Finds a subscription by id or `uid:…`. Deleted ones, and the row lock, only when asked for. */
export async function findSubscription(
  tx: Tx,
  keyring: Keyring,
  scope: SubscriptionScope,
  ref: SubscriptionRef,
  options: { deleted?: boolean; lock?: boolean } = {},
): Promise<SubscriptionRow | undefined> {
  const uid = ref.startsWith('uid:') ? ref.slice('uid:'.length) : undefined
  if (uid === undefined && !isUuid(ref)) return undefined
  const [row] = await tx<SubscriptionRow[]>`
    select *, ${healthOf(tx)} from subscriptions
    where ${uid === undefined ? tx`id = ${ref}` : tx`uid = ${uid}`}
      and ${whoseSubscription(tx, scope)}
      ${options.deleted ? tx`` : tx`and deleted_at is null`}
    ${options.lock ? tx`for update` : tx``}`
  return row && openRow(keyring, row)
}

export async function requireSubscription(
  tx: Tx,
  keyring: Keyring,
  scope: SubscriptionScope,
  ref: SubscriptionRef,
  options: { lock?: boolean } = {},
): Promise<SubscriptionRow> {
  const row = await findSubscription(tx, keyring, scope, ref, options)
  if (!row) throw commonErrors.not_found({ detail: `There is no subscription ${ref}.` })
  return row
}

/** A column beside those of `subscriptions`. */
export function healthOf(tx: Tx) {
  return tx`(select row_to_json(h) from subscription_health h where h.subscription_id = subscriptions.id) as health`
}

/** Whoever starts it anew gives its receiver the whole time again. */
export async function forgetFailures(tx: Tx, id: string): Promise<void> {
  await tx`
    update subscription_health set failing_since = null, consecutive_failures = 0
    where subscription_id = ${id} and failing_since is not null`
}

export function whoseSubscription(tx: Tx, scope: SubscriptionScope) {
  if (scope === 'any') return tx`true`
  return scope === null ? tx`organisation_id is null` : tx`organisation_id = ${scope}`
}
