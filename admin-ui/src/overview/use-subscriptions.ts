import { useQuery } from '@tanstack/react-query'
import { useAccess, useCan } from '../session/session-context.ts'

const subscriptionsMax = 250

/** The organisation's newest subscriptions with how they fare. */
export function useSubscriptions(refetchMs?: number) {
  const { client, organisationId } = useAccess()
  const can = useCan()
  return useQuery({
    queryKey: [organisationId, 'subscriptions', 'newest', subscriptionsMax],
    queryFn: () => client.subscriptions.list({ limit: subscriptionsMax }),
    enabled: can('subscriptions:read'),
    refetchInterval: refetchMs ?? false,
  })
}
