import type { Event } from '@posthorn/sdk'
import { useQuery } from '@tanstack/react-query'
import { exactPart } from '../code/exact-json.ts'
import { useAccess } from '../session/session-context.ts'

const unpublishedMs = 5000

/** An event, and its data as it was given: with numbers that JavaScript's cannot hold. */
export function useEvent(id: string) {
  const { client, organisationId } = useAccess()
  return useQuery({
    queryKey: [organisationId, 'events', id],
    queryFn: async () => {
      const json = await client.events.getJson(id)
      return { event: JSON.parse(json) as Event, data: exactPart(json, ['data']) ?? '' }
    },
    refetchInterval: ({ state: { data } }) =>
      data && !data.event.publishedAt && !data.event.publishError ? unpublishedMs : false,
  })
}
