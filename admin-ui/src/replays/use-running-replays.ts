import { useQuery } from '@tanstack/react-query'
import { useAccess, useCan } from '../session/session-context.ts'

const knownMs = 5000
const idleMs = 30_000

/** The ids of what runs now, also what others started. Looked for seldom while there is nothing. */
export function useRunningReplays(known: boolean): string[] {
  const { client, organisationId } = useAccess()
  const can = useCan()
  const { data } = useQuery({
    queryKey: [organisationId, 'replays', 'list', 'running'],
    queryFn: () => client.replays.list({ status: 'running', limit: 10 }),
    enabled: can('deliveries:read'),
    refetchInterval: ({ state }) =>
      known || (state.data?.data.length ?? 0) > 0 ? knownMs : idleMs,
  })
  return data?.data.map(({ id }) => id) ?? []
}
