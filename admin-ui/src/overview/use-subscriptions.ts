import type { Subscription } from '@posthorn/sdk'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { nameSubscription } from '../filter/use-subscription-names.ts'
import { useAccess, useCan } from '../session/session-context.ts'

const subscriptionsMax = 250

/** The organisation's newest subscriptions with how they fare, and what people call them. */
export function useSubscriptions(refetchMs?: number) {
  const { client, organisationId } = useAccess()
  const can = useCan()
  const query = useQuery({
    queryKey: [organisationId, 'subscriptions', 'newest', subscriptionsMax],
    queryFn: () => client.subscriptions.list({ limit: subscriptionsMax }),
    enabled: can('subscriptions:read'),
    refetchInterval: refetchMs ?? false,
  })
  const byId = useMemo(
    () => new Map((query.data?.data ?? []).map((one) => [one.id, one])),
    [query.data],
  )
  return { ...query, byId }
}

/** As in the log, also while it is not known. */
export function nameOf(id: string, subscription: Subscription | undefined): string {
  return subscription ? nameSubscription(subscription) : id.slice(-12)
}
