import type { QueueStats } from '@posthorn/sdk'
import { number } from '../messages/number.ts'
import { type Messages, useMessages } from '../messages/use-messages.ts'
import { describeDuration } from '../time/duration.ts'
import { Tile } from './tile.tsx'
import { useQueueStats } from './use-figures.ts'

/** What waits now, whatever the range. */
export function QueueTile() {
  const t = useMessages().overview
  const { data, error } = useQueueStats()
  return (
    <Tile
      label={t.tiles.queue}
      definition={t.definitions.queue}
      value={data && `${number(data.pending)}${data.capped ? '+' : ''}`}
      error={data ? undefined : error}
      note={data && describeQueue(data, t).map((part) => <span key={part}>{part}</span>)}
    />
  )
}

function describeQueue(queue: QueueStats, t: Messages['overview']): string[] {
  const { oldestDueSeconds, scheduled, held } = queue
  return [
    ...(oldestDueSeconds === null ? [] : [t.oldestDue(describeDuration(oldestDueSeconds * 1000))]),
    ...(scheduled > 0 ? [t.scheduled(scheduled)] : []),
    ...(held > 0 ? [t.held(held)] : []),
  ]
}
