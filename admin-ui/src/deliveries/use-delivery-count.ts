import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type DeliveryFilterSearch, toDeliveryFilter } from '../filter/delivery-filter.ts'
import { useAccess } from '../session/session-context.ts'

const refetchMs = 10_000

/** How many match; told anew every few seconds while it is live. */
export function useDeliveryCount(filter: DeliveryFilterSearch, live: boolean) {
  const { client, organisationId } = useAccess()
  return useQuery({
    queryKey: [organisationId, 'deliveries', 'count', filter],
    queryFn: () => client.deliveries.count(toDeliveryFilter(filter, Date.now())),
    placeholderData: keepPreviousData,
    refetchInterval: live && refetchMs,
  })
}

/** The same over time. */
export function useDeliveryHistogram(filter: DeliveryFilterSearch, live: boolean) {
  const { client, organisationId } = useAccess()
  return useQuery({
    queryKey: [organisationId, 'deliveries', 'histogram', filter],
    queryFn: () => client.deliveries.histogram(toDeliveryFilter(filter, Date.now())),
    placeholderData: keepPreviousData,
    refetchInterval: live && refetchMs,
  })
}
