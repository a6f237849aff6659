import { subscriptionErrors } from './errors.ts'
import type { SubscriptionRow } from './store.ts'

/** Before its secret is shown, or kept beside new settings. @throws subscription_secret_sealed */
export function requireOpen({ secret, sealedReason }: SubscriptionRow): void {
  if (secret !== '' || sealedReason === undefined) return
  throw subscriptionErrors.subscription_secret_sealed({
    detail: `${sealedReason} Or rotate the secret, and give its receiver the new one.`,
  })
}
