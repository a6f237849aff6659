import type { Delivery, Subscription } from '@posthorn/sdk'
import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess, useCan } from '../session/session-context.ts'

const subscriptionsMax = 1000

/** What people call a subscription: its description, else where it sends to, or its own name. */
export function nameSubscription({ id, uid, description, url }: Named): string {
  const place = url?.replace(/^https?:\/\//, '').replace(/\/$/, '')
  return description?.trim() || place || uid || id
}

type Named = Pick<Subscription, 'id' | 'uid' | 'description' | 'url'>

/** The names of the organisation's subscriptions, and whether they send, for what knows only their ids. */
export function useSubscriptionNames() {
  const { client, organisationId } = useAccess()
  const t = useMessages().filter
  const can = useCan()
  const { data: names } = useQuery({
    queryKey: [organisationId, 'subscriptions', 'names'],
    queryFn: async () => {
      const known = new Map<string, { name: string; status: Subscription['status'] }>()
      for await (const one of client.subscriptions.iterate({ limit: 250 })) {
        known.set(one.id, { name: nameSubscription(one), status: one.status })
        if (known.size >= subscriptionsMax) break
      }
      return known
    },
    staleTime: 60_000,
    enabled: can('subscriptions:read'),
  })
  const nameOf = useCallback(
    (id: string) => {
      const hasAll = names !== undefined && names.size < subscriptionsMax
      return names?.get(id)?.name ?? (hasAll ? t.unlisted : t.subscription)(id.slice(-4))
    },
    [names, t],
  )
  /** Whether it waits for its subscription rather than for its time, as far as that is known. */
  const isHeld = useCallback(
    ({ status, subscriptionId }: Pick<Delivery, 'status' | 'subscriptionId'>) =>
      status === 'pending' && (names?.get(subscriptionId)?.status ?? 'active') !== 'active',
    [names],
  )
  return { names, nameOf, isHeld }
}
