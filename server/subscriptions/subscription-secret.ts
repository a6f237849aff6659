import type { Context } from '../context.ts'
import { asTenant } from '../database/tenant.ts'
import type { Caller } from '../kernel/caller.ts'
import { change, tenantOfScope } from './change-subscription.ts'
import { subscriptionErrors } from './errors.ts'
import { isPrivate, publicKeyOf } from './key-pair.ts'
import { modeOf, presentSubscription } from './present.ts'
import { recordChange } from './record-change.ts'
import { newSecretFor, replaceSecret, stillSigning } from './replace-secret.ts'
import { requireOpen } from './require-open.ts'
import type { RotatedSecret, SubscriptionSecret } from './secret-schemas.ts'
import { requireSubscription, type SubscriptionRow, type SubscriptionScope } from './store.ts'

/**
 * A new secret, or a new key pair; the ones before sign on until their time, or with `overlapSeconds` 0 no more.
 * @throws not_found, subscription_is_pulled, subscription_secrets_full
 */
export async function rotateSecret(
  ctx: Context,
  by: Caller,
  scope: SubscriptionScope,
  ref: string,
  overlapSeconds: number,
): Promise<RotatedSecret> {
  const action = 'subscription.secret_rotated'
  const nowMs = ctx.clock.now()
  const row = await change({ ctx, by, action, scope, ref }, (current) => {
    requireSigned(current)
    const { signing } = presentSubscription(current)
    return replaceSecret(current, newSecretFor(signing), nowMs, overlapSeconds)
  })
  const { signing, publicKey } = presentSubscription(row)
  const previousSecrets = presentPrevious(row, nowMs)
  return { signing, secret: sharedSecret(row.secret), publicKey, previousSecrets }
}

/**
 * Whoever can sign can pretend to be us, so that it was read is recorded.
 * @throws not_found, subscription_is_pulled, subscription_secret_sealed, subscription_signs_with_private_key
 */
export async function getSecret(
  ctx: Context,
  by: Caller,
  scope: SubscriptionScope,
  ref: string,
): Promise<SubscriptionSecret> {
  return asTenant(ctx.database.api, tenantOfScope(scope), async (tx) => {
    const current = await requireSubscription(tx, ctx.config.keyring, scope, ref)
    requireSigned(current)
    requireOpen(current)
    const secret = sharedSecret(current.secret)
    if (secret === null) throw privateKeyError(current)
    await recordChange(tx, by, 'subscription.secret_read', current, current)
    return { secret, previousSecrets: presentPrevious(current, ctx.clock.now()) }
  })
}

/** What a receiver holds as well; a private key is nobody's but ours. */
export function sharedSecret(secret: string): string | null {
  return isPrivate(secret) ? null : secret
}

function presentPrevious(row: SubscriptionRow, nowMs: number) {
  return stillSigning(row, nowMs)
    .filter(({ secret }) => secret !== '')
    .map(({ secret, expiresAt }) => ({
      secret: sharedSecret(secret),
      publicKey: publicKeyOf(secret),
      expiresAt,
    }))
}

function requireSigned(row: SubscriptionRow): void {
  if (modeOf(row) === 'webhook') return
  throw subscriptionErrors.subscription_is_pulled({
    detail:
      'Its deliveries are fetched with an API key; there is no signature, and no secret of one.',
  })
}

function privateKeyError({ id, secret }: SubscriptionRow) {
  return subscriptionErrors.subscription_signs_with_private_key({
    detail:
      'It signs with ed25519, and the private key never leaves the server. A receiver needs the public key, ' +
      `${publicKeyOf(secret)}, which is also at /.well-known/jwks.json?subscriptionId=${id}.`,
  })
}
