import type { Subscription } from '@posthorn/sdk'

export interface AttentionItem {
  kind: 'broken' | 'disabled' | 'failing' | 'paused'
  subscription: Subscription
}

const order = { broken: 0, disabled: 1, failing: 2, paused: 3 }

/** What a person should look at, the most urgent first: what cannot be sent, what Posthorn gave up on, what fails, what was paused. */
export function attentionOf(subscriptions: readonly Subscription[]): AttentionItem[] {
  return subscriptions
    .flatMap((subscription) => {
      const kind = kindOf(subscription)
      return kind ? [{ kind, subscription }] : []
    })
    .sort((a, b) => order[a.kind] - order[b.kind] || since(a).localeCompare(since(b)))
}

function kindOf({ status, problem, health }: Subscription): AttentionItem['kind'] | undefined {
  if (status !== 'active') return status
  if (problem !== null) return 'broken'
  return health.failingSince === null ? undefined : 'failing'
}

/** The longest first. */
function since({ subscription: { health, updatedAt } }: AttentionItem): string {
  return health.failingSince ?? updatedAt
}
