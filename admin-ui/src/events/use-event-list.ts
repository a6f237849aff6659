import { toBounds } from '../filter/time-range.ts'
import { useCursorPages } from '../grid/use-cursor-pages.ts'
import { useAccess, useCan } from '../session/session-context.ts'
import type { EventsSearch } from './search.ts'

const refetchMs = 10_000

/** Newest first; with what became of each for who may see deliveries. */
export function useEventList(search: EventsSearch) {
  const { client, organisationId } = useAccess()
  const withDeliveries = useCan()('deliveries:read')
  return useCursorPages(
    [organisationId, 'events', 'list', search],
    (cursor) =>
      client.events.list({
        ...toEventQuery(search, Date.now()),
        ...(cursor && { cursor }),
        ...(withDeliveries && { include: 'deliveries' }),
        limit: 100,
      }),
    { refetchMs },
  )
}

function toEventQuery(search: EventsSearch, nowMs: number) {
  const { eventType, entityType, entityId, correlationId, ...range } = search
  return {
    ...(eventType && { eventType: eventType.split(',') }),
    ...(entityType && { entityType: entityType.split(',') }),
    ...(entityId && { entityId }),
    ...(correlationId && { correlationId }),
    ...toBounds(range, nowMs),
  }
}
