import { useQuery } from '@tanstack/react-query'
import { useSubscriptionNames } from '../filter/use-subscription-names.ts'
import { useAccess } from '../session/session-context.ts'

/**
 * Whom a delivery goes to. An organisation sees its deliveries to subscriptions of the operator, but not those, so only
 * what is among its own is asked for.
 */
export function useSubscription(id: string | undefined) {
  const { client, organisationId } = useAccess()
  const { names, nameOf } = useSubscriptionNames()
  const isKnown = id !== undefined && names?.has(id) === true
  const { data } = useQuery({
    queryKey: [organisationId, 'subscriptions', 'detail', id],
    queryFn: () => client.subscriptions.get(id ?? ''),
    enabled: isKnown,
  })
  return { subscription: data, name: id === undefined ? '' : nameOf(id), isKnown }
}
