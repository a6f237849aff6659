import type { ReplayDetail } from '@posthorn/sdk'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { notifyProblem } from '../ui/notify.ts'

const runningMs = 2000
const settlingMs = 5000

/** One replay and what became of its deliveries, anew every few seconds while that changes. */
export function useReplay(id: string) {
  const { client, organisationId } = useAccess()
  return useQuery({
    queryKey: [organisationId, 'replays', id],
    queryFn: () => client.replays.get(id),
    refetchInterval: ({ state: { data } }) => (data ? refetchMs(data) : false),
  })
}

function refetchMs({ status, pending }: ReplayDetail): number | false {
  if (status === 'running') return runningMs
  return status === 'paused' || pending > 0 ? settlingMs : false
}

export type ReplayVerb = 'pause' | 'resume' | 'cancel'

/** Pauses, resumes, cancels. */
export function useChangeReplay(id: string) {
  const { client, organisationId } = useAccess()
  const queries = useQueryClient()
  const t = useMessages().common
  return useMutation({
    mutationFn: (verb: ReplayVerb) => client.replays[verb](id),
    onSuccess: (replay) => {
      queries.setQueryData([organisationId, 'replays', id], replay)
      void queries.invalidateQueries({ queryKey: [organisationId, 'replays', 'list'] })
    },
    onError: (error) => notifyProblem(error, t),
  })
}
