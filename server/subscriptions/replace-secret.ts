import { subscriptionErrors } from './errors.ts'
import { isPrivate, newKeyPair } from './key-pair.ts'
import type { Signing } from './schemas.ts'
import { newSecret, overlapSecondsDefault } from './secret.ts'
import { canSign } from './signing-key.ts'
import type { PreviousSecret, SubscriptionColumns, SubscriptionRow } from './subscription-row.ts'

/** A header holds so many signatures, and a receiver tries so many. */
const previousSecretsMax = 5

export function newSecretFor(signing: Signing): string {
  return signing === 'ed25519' ? newKeyPair() : newSecret()
}

/** Those before the current one that still sign. */
export function stillSigning(row: SubscriptionRow, nowMs: number): PreviousSecret[] {
  return row.previousSecrets.filter(({ expiresAt }) => Date.parse(expiresAt) > nowMs)
}

/**
 * The columns by which a secret takes the place of the current one, which signs on for `overlapSeconds`, as those before it
 * do for what is left of theirs. 0: none of them signs any more.
 * @throws subscription_secrets_full
 */
export function replaceSecret(
  current: SubscriptionRow,
  secret: string,
  nowMs: number,
  overlapSeconds = overlapSecondsDefault,
): SubscriptionColumns {
  if (secret === current.secret) return {}
  const signing = isPrivate(secret) ? 'ed25519' : 'hmac'
  if (overlapSeconds === 0) return { signing, secret, previous_secrets: [] }
  const expiresAt = new Date(nowMs + overlapSeconds * 1000).toISOString()
  const previous = [{ secret: current.secret, expiresAt }, ...stillSigning(current, nowMs)]
    // One that does not open, or is none, signs nothing, and one that comes back signs as the current one.
    .filter((one) => canSign(one.secret) && one.secret !== secret)
  if (previous.length > previousSecretsMax) throw full(previous)
  return { signing, secret, previous_secrets: previous }
}

function full(previous: readonly PreviousSecret[]) {
  const [first = ''] = previous.map(({ expiresAt }) => expiresAt).sort()
  return subscriptionErrors.subscription_secrets_full({
    detail:
      `${previousSecretsMax} secrets from before sign beside the current one, the first until ${first}. Rotate after that, ` +
      'or rotate with overlapSeconds 0: then none of them signs any more, nor does the current one.',
  })
}
