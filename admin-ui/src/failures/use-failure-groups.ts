import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type DeliveryFilterSearch, toDeliveryFilter } from '../filter/delivery-filter.ts'
import { useAccess } from '../session/session-context.ts'

const groupsMax = 250
const refetchMs = 15_000

/** What fails in this time, the largest group first. */
export function useFailureGroups(filter: DeliveryFilterSearch) {
  const { client, organisationId } = useAccess()
  return useQuery({
    queryKey: [organisationId, 'deliveries', 'failures', filter],
    queryFn: () =>
      client.deliveries.failures({ ...toDeliveryFilter(filter, Date.now()), limit: groupsMax }),
    placeholderData: keepPreviousData,
    refetchInterval: refetchMs,
  })
}
