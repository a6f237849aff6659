import type { Subscription } from '@posthorn/sdk'

export interface AttentionItem {
  kind: 'disabled' | 'failing' | 'paused'
  subscription: Subscription
}

const order = { disabled: 0, failing: 1, paused: 2 }

/** What a person should look at, the most urgent first: what Posthorn gave up on, what fails, what was paused. */
export function attentionOf(subscriptions: readonly Subscription[]): AttentionItem[] {
  return subscriptions
    .flatMap((subscription) => {
      const kind = kindOf(subscription)
      return kind ? [{ kind, subscription }] : []
    })
    .sort((a, b) => order[a.kind] - order[b.kind] || since(a).localeCompare(since(b)))
}

function kindOf({ status, health }: Subscription): AttentionItem['kind'] | undefined {
  if (status !== 'active') return status
  return health.failingSince === null ? undefined : 'failing'
}

/** The longest first. */
function since({ subscription: { health, updatedAt } }: AttentionItem): string {
  return health.failingSince ?? updatedAt
}
