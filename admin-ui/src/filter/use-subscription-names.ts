import type { Subscription } from '@posthorn/sdk'
import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useAccess, useCan } from '../session/session-context.ts'

const subscriptionsMax = 1000

/** What people call a subscription: its description, else where it sends to. */
export function nameSubscription({ description, url }: Pick<Subscription, 'description' | 'url'>) {
  return description?.trim() || url.replace(/^https?:\/\//, '').replace(/\/$/, '')
}

/** The names of the organisation's subscriptions, for what knows only their ids. */
export function useSubscriptionNames() {
  const { client, organisationId } = useAccess()
  const can = useCan()
  const { data } = useQuery({
    queryKey: [organisationId, 'subscriptions', 'names'],
    queryFn: async () => {
      const names = new Map<string, string>()
      for await (const one of client.subscriptions.iterate({ limit: 250 })) {
        names.set(one.id, nameSubscription(one))
        if (names.size >= subscriptionsMax) break
      }
      return names
    },
    staleTime: 60_000,
    enabled: can('subscriptions:read'),
  })
  const nameOf = useCallback((id: string) => data?.get(id) ?? id.slice(-12), [data])
  return { names: data, nameOf }
}
