import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useAccess } from '../session/session-context.ts'

const none: readonly string[] = []

/** The replays that were started in this window: they are shown until they are put away, also after their end. */
export function useWatchedReplays() {
  const { organisationId } = useAccess()
  const queries = useQueryClient()
  const queryKey = [organisationId, 'watchedReplays']
  const { data: ids = none } = useQuery<readonly string[]>({
    queryKey,
    enabled: false,
    gcTime: Number.POSITIVE_INFINITY,
  })
  const change = (next: (ids: readonly string[]) => readonly string[]) =>
    queries.setQueryData<readonly string[]>(queryKey, (before = none) => next(before))
  return {
    ids,
    watch: (id: string) => change((before) => [id, ...before]),
    putAway: (id: string) => change((before) => before.filter((other) => other !== id)),
  }
}
