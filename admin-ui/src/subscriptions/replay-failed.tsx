import type { Subscription } from '@posthorn/sdk'
import { ReplayDialog } from '../replays/replay-dialog.tsx'

/** Everything of a subscription that failed and is kept; the dialog says first how much that is. */
export function ReplayFailed({
  subscription,
  onClose,
}: {
  subscription: Subscription
  onClose(): void
}) {
  const filter = { subscriptionId: [subscription.id], status: ['failed' as const] }
  return <ReplayDialog opened selector={{ filter }} onClose={onClose} />
}
