import { useQuery } from '@tanstack/react-query'
import { useAccess } from '../session/session-context.ts'

/** What organisations are called, for lists of a platform operator; the id of one that has no name. */
export function useOrganisationNames(): (id: string) => string {
  const { client, session } = useAccess()
  const { data } = useQuery({
    queryKey: ['organisations', 'names'],
    queryFn: () => client.organisations.list({ limit: 250 }),
    enabled: session.organisationId === null,
    staleTime: 60_000,
  })
  const names = new Map(data?.data.map(({ id, name }) => [id, name]))
  return (id) => names.get(id) ?? id
}
