import { VisuallyHidden } from '@mantine/core'
import { useMessages } from '../messages/use-messages.ts'
import { percentDone, quarterOf } from './progress.ts'
import { useReplay } from './use-replay.ts'

/** Its progress, read aloud at every quarter, not at every look. */
export function ReplayAnnouncement({ id }: { id: string }) {
  const t = useMessages().replays
  const { data: replay } = useReplay(id)
  const quarter = quarterOf((replay && percentDone(replay)) ?? 0)
  return <VisuallyHidden role="status">{quarter > 0 ? t.announce(quarter) : ''}</VisuallyHidden>
}
