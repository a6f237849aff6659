import { useQuery } from '@tanstack/react-query'
import { useAccess } from '../session/session-context.ts'

/** Every event type: the same for all organisations, and seldom another. */
export function useCatalogue() {
  const { client, organisationId } = useAccess()
  return useQuery({
    queryKey: [organisationId, 'catalogue', 'types'],
    queryFn: async () => (await client.eventTypes.list()).data,
    staleTime: 60_000,
  })
}
