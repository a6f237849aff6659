import { useQueries } from '@tanstack/react-query'
import { useAccess, useCan } from '../session/session-context.ts'
import { shortId } from './describe-selector.ts'

const namesMax = 20

/** Names a subscription by its own name or its host; by its id until that is known. */
export function useSubscriptionNames(ids: readonly string[]): (id: string) => string {
  const { client, organisationId } = useAccess()
  const can = useCan()
  const asked = [...new Set(ids)].slice(0, namesMax)
  const names = useQueries({
    queries: asked.map((id) => ({
      queryKey: [organisationId, 'subscriptions', id],
      queryFn: () => client.subscriptions.get(id),
      enabled: can('subscriptions:read'),
      staleTime: 60_000,
    })),
    combine: (results) =>
      new Map(results.flatMap(({ data }, index) => (data ? [[asked[index], nameOf(data)]] : []))),
  })
  return (id) => names.get(id) ?? shortId(id)
}

function nameOf({
  uid,
  description,
  url,
}: {
  uid: string | null
  description: string | null
  url: string
}) {
  return description ?? uid ?? new URL(url).host
}
