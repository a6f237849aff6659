import type { SubscriptionPage, SubscriptionStats } from '@posthorn/sdk'
import { useQueries } from '@tanstack/react-query'
import { useCursorPages } from '../../grid/use-cursor-pages.ts'
import { useAccess } from '../../session/session-context.ts'
import { subscriptionsKey } from '../keys.ts'

export interface ListSearch {
  q?: string | undefined
  status?: 'active' | 'paused' | 'disabled' | undefined
  eventType?: string | undefined
}

export type Figures = SubscriptionStats['data'][number]

const refetchMs = 10_000

/** What the address asks for, and the last day's figures of what is there: one request per page. */
export function useSubscriptionList({ q, status, eventType }: ListSearch) {
  const { client, organisationId } = useAccess()
  const query = { ...(q && { q }), ...(status && { status }), ...(eventType && { eventType }) }
  const key = subscriptionsKey(organisationId)
  const list = useCursorPages(
    [...key, 'list', query],
    (cursor) => client.subscriptions.list({ limit: 50, ...query, ...(cursor && { cursor }) }),
    { refetchMs },
  )
  const figures = useQueries({
    queries: (list.data?.pages ?? []).map((page: SubscriptionPage) => {
      const ids = page.data.map(({ id }) => id)
      return {
        queryKey: [...key, 'figures', ids],
        queryFn: () => client.stats.subscriptions({ subscriptionId: ids }),
        enabled: ids.length > 0,
        staleTime: 30_000,
      }
    }),
    combine: byId,
  })
  return { ...list, figures }
}

/** The same while the answers are the same, so that rows are not drawn anew. */
function byId(
  answers: readonly { data: SubscriptionStats | undefined }[],
): ReadonlyMap<string, Figures> {
  const rows = answers.flatMap(({ data }) => data?.data ?? [])
  return new Map(rows.map((row) => [row.subscriptionId, row]))
}
