import { useQuery } from '@tanstack/react-query'
import { useAccess } from '../session/session-context.ts'

/** The catalogue: the same for all organisations, and seldom another. One answer for the page, its filters and its forms. */
export function useEventTypes(enabled = true) {
  const { client, organisationId } = useAccess()
  return useQuery({
    queryKey: [organisationId, 'catalogue', 'types'],
    queryFn: async () => (await client.eventTypes.list()).data,
    staleTime: 60_000,
    enabled,
  })
}
