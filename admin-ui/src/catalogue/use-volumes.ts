import { useQuery } from '@tanstack/react-query'
import { useAccess, useCan } from '../session/session-context.ts'

const rangeMs = 30 * 86_400_000

export interface Volume {
  succeeded: number
  failed: number
}

/** How many deliveries of each type ended in the last 30 days. */
export function useVolumes() {
  const { client, organisationId } = useAccess()
  const can = useCan()
  return useQuery({
    queryKey: [organisationId, 'stats', 'eventTypes', '30d'],
    queryFn: async () => {
      const since = new Date(Date.now() - rangeMs).toISOString()
      const { data } = await client.stats.eventTypes({ since, limit: 100 })
      return new Map<string, Volume>(
        data.map(({ eventType, succeeded, failed }) => [eventType, { succeeded, failed }]),
      )
    },
    enabled: can('deliveries:read'),
    staleTime: 60_000,
  })
}
