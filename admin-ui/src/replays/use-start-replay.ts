import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useAccess } from '../session/session-context.ts'
import { type ReplayMode, type Selector, toReplayInput } from './replay-input.ts'
import { useWatchedReplays } from './use-watched-replays.ts'

interface Start {
  selector: Selector
  mode: ReplayMode
  ratePerSecond: number | null
}

/** Starts a replay and hands it over to those who show how it goes. */
export function useStartReplay(onStarted: () => void) {
  const { client, organisationId } = useAccess()
  const queries = useQueryClient()
  const { watch } = useWatchedReplays()
  return useMutation({
    mutationFn: ({ selector, mode, ratePerSecond }: Start) =>
      client.replays.create({ ...toReplayInput(selector, mode), ratePerSecond }),
    onSuccess: (replay) => {
      queries.setQueryData([organisationId, 'replays', replay.id], replay)
      watch(replay.id)
      void queries.invalidateQueries({ queryKey: [organisationId, 'replays', 'list'] })
      void queries.invalidateQueries({ queryKey: [organisationId, 'deliveries'] })
      onStarted()
    },
  })
}
