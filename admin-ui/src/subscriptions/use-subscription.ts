import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useAccess } from '../session/session-context.ts'
import { subscriptionKey } from './keys.ts'

const route = getRouteApi('/subscriptions/$id')

/** The subscription that the address names; the page and its tab read the same. */
export function useSubscription() {
  const { id } = route.useParams()
  const { client, organisationId } = useAccess()
  return useQuery({
    queryKey: subscriptionKey(organisationId, id),
    queryFn: () => client.subscriptions.get(id),
    refetchInterval: 10_000,
  })
}
