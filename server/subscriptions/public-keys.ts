import type { CompiledSubscription } from './compile-subscription.ts'
import type { SubscriptionDirectory } from './directory.ts'
import { type PublicJwk, toJwk } from './key-pair.ts'

const keysMax = 100

/** The public keys of a subscription that sign now, or of the platform's subscriptions, newest subscription first. */
export function publicKeys(
  directory: SubscriptionDirectory,
  nowMs: number,
  subscriptionId?: string,
): PublicJwk[] {
  const keys: PublicJwk[] = []
  for (const { status, signingKeys } of named(directory, subscriptionId)) {
    if (status === 'deleted') continue
    for (const { publicKey, expiresAtMs } of signingKeys) {
      if (publicKey !== null && expiresAtMs > nowMs) keys.push(toJwk(publicKey))
      if (keys.length === keysMax) return keys
    }
  }
  return keys
}

function named(directory: SubscriptionDirectory, id?: string): CompiledSubscription[] {
  if (id === undefined)
    return [...directory.ofPlatform()].sort((one, other) => (one.id < other.id ? 1 : -1))
  return [directory.get(id.toLowerCase()) ?? []].flat()
}
