import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { toBounds } from '../filter/time-range.ts'
import { useAccess, useCan } from '../session/session-context.ts'
import { type OverviewSearch, rangeOf } from './search.ts'

/** Figures are a few seconds late as it is. */
export const refetchMs = 12_000

/** Each figure is asked for by itself: one that is late or fails leaves the others as they are. */
function useFigure<Answer>(
  name: string,
  search: OverviewSearch | undefined,
  load: (bounds: { since?: string; until?: string }) => Promise<Answer>,
  enabled = true,
) {
  const { organisationId } = useAccess()
  const range = search && rangeOf(search)
  return useQuery({
    queryKey: [organisationId, 'stats', 'overview', name, range],
    queryFn: () => load(range ? toBounds(range, Date.now()) : {}),
    placeholderData: keepPreviousData,
    refetchInterval: refetchMs,
    enabled,
  })
}

export function useDeliveryStats(search: OverviewSearch) {
  const { client } = useAccess()
  return useFigure('deliveries', search, (bounds) => client.stats.deliveries(bounds))
}

export function useQueueStats() {
  const { client } = useAccess()
  return useFigure('queue', undefined, () => client.stats.queue())
}

export function useQuotaStats() {
  const { client } = useAccess()
  return useFigure('quotas', undefined, () => client.stats.quotas())
}

/** Every group of the newest failures: the page shows the largest, and the newest of all. */
export function useFailureGroups(search: OverviewSearch) {
  const { client } = useAccess()
  return useFigure('failures', search, (bounds) =>
    client.deliveries.failures({ ...bounds, limit: 250 }),
  )
}

export function useEventTypeStats(search: OverviewSearch) {
  const { client } = useAccess()
  return useFigure('event types', search, (bounds) =>
    client.stats.eventTypes({ ...bounds, limit: 6 }),
  )
}

export function useSubscriptionStats(search: OverviewSearch) {
  const { client } = useAccess()
  const can = useCan()
  return useFigure(
    'subscriptions',
    search,
    (bounds) => client.stats.subscriptions(bounds),
    can('subscriptions:read'),
  )
}

export function useOrganisationStats(search: OverviewSearch) {
  const { client } = useAccess()
  return useFigure('organisations', search, (bounds) =>
    client.stats.organisations({ ...bounds, limit: 8 }),
  )
}

export function useRunningReplays() {
  const { client } = useAccess()
  return useFigure('replays', undefined, () => client.replays.list({ status: 'running', limit: 5 }))
}
