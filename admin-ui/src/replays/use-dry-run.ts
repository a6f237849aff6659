import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useAccess } from '../session/session-context.ts'
import { type ReplayMode, type Selector, toReplayInput } from './replay-input.ts'

const settledMs = 250

/** What a replay would do. Going through the modes by arrow keys asks once, for the last. */
export function useDryRun(selector: Selector, mode: ReplayMode) {
  const { client, organisationId } = useAccess()
  const [settled] = useDebouncedValue(mode, settledMs)
  const input = toReplayInput(selector, settled)
  const query = useQuery({
    queryKey: [organisationId, 'replays', 'dryRun', input],
    queryFn: () => client.replays.dryRun(input),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
  // The figures of one mode never stand under another.
  return settled === mode ? query : { ...query, data: undefined, error: null, isFetching: true }
}
