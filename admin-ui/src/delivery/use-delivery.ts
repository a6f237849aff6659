import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useAccess } from '../session/session-context.ts'

/** Should the stream be closed on the way, it is still seen that something happened. */
const refetchMs = 10_000

/** A delivery with its attempts, read together so that they agree; anew while something may happen to it. */
export function useDelivery(id: string) {
  const { client, organisationId } = useAccess()
  const queries = useQueryClient()
  const query = useQuery({
    queryKey: [organisationId, 'deliveries', 'detail', id],
    queryFn: async () => {
      const [delivery, attempts] = await Promise.all([
        client.deliveries.get(id),
        client.deliveries.attempts(id),
      ])
      return { delivery, attempts: attempts.data }
    },
    refetchInterval: ({ state }) => (state.data?.delivery.status === 'pending' ? refetchMs : false),
  })

  const { status, eventId } = query.data?.delivery ?? {}
  useEffect(() => {
    if (status !== 'pending' || eventId === undefined) return
    const left = new AbortController()
    const follow = async () => {
      for await (const told of client.stream({ eventId }, { signal: left.signal })) {
        if (told.type === 'attempt' && told.attempt.deliveryId !== id) continue
        await queries.invalidateQueries({ queryKey: [organisationId, 'deliveries', 'detail', id] })
      }
    }
    // Polling goes on without it.
    follow().catch(() => {})
    return () => left.abort()
  }, [client, queries, organisationId, id, eventId, status])

  return query
}
