import { useQuery } from '@tanstack/react-query'
import { useAccess } from '../session/session-context.ts'

/** The catalogue. It is the same for every organisation, and changes seldom. */
export function useEventTypes() {
  const { client, organisationId } = useAccess()
  return useQuery({
    queryKey: [organisationId, 'catalogue', 'types'],
    queryFn: async () => (await client.eventTypes.list()).data,
    staleTime: 60_000,
  })
}
