import type { TestResponse } from '@posthorn/sdk'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useAccess } from '../../session/session-context.ts'

/** What has become of a test so far: told by the server as it happens, and asked for in case it cannot tell. */
export function useTestResult(
  { deliveryId, organisationId }: TestResponse,
  subscriptionId: string,
) {
  const { client } = useAccess()
  const queries = useQueryClient()
  const { data, error } = useQuery({
    queryKey: [organisationId, 'test', deliveryId],
    queryFn: async () => {
      const delivery = await client.deliveries.get(deliveryId)
      const attempts =
        delivery.attempts === 0 ? [] : (await client.deliveries.attempts(deliveryId)).data
      return { delivery, attempt: attempts.at(-1) }
    },
    refetchInterval: ({ state }) => state.data?.delivery.status === 'pending' && 5000,
  })
  const following = data === undefined || data.delivery.status === 'pending'
  useEffect(() => {
    if (!following) return
    const end = new AbortController()
    const readAgain = () =>
      queries.invalidateQueries({ queryKey: [organisationId, 'test', deliveryId] })
    const follow = async () => {
      const filter = {
        subscriptionId: [subscriptionId],
        trigger: ['test' as const],
        organisationId,
      }
      for await (const event of client.stream(filter, { signal: end.signal })) {
        // `ready` too: it may have been answered before the stream was open.
        if (event.type !== 'attempt' || event.attempt.deliveryId === deliveryId) await readAgain()
      }
    }
    // A credential that may not listen asks every few seconds, as above.
    follow().catch(() => undefined)
    return () => end.abort()
  }, [client, queries, following, deliveryId, organisationId, subscriptionId])
  return { data, error }
}
