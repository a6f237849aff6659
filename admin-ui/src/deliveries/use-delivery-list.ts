import { type DeliveryFilterSearch, toDeliveryFilter } from '../filter/delivery-filter.ts'
import { useCursorPages } from '../grid/use-cursor-pages.ts'
import { useAccess } from '../session/session-context.ts'

const pageRows = 100

/** The list that a filter means, and the key it is kept under. */
export function useDeliveryList(filter: DeliveryFilterSearch, refetchMs?: number) {
  const { client, organisationId } = useAccess()
  const queryKey = [organisationId, 'deliveries', 'list', filter]
  const list = useCursorPages(
    queryKey,
    (cursor) =>
      client.deliveries.list({ ...toDeliveryFilter(filter, Date.now()), cursor, limit: pageRows }),
    refetchMs === undefined ? {} : { refetchMs },
  )
  return { ...list, queryKey }
}
