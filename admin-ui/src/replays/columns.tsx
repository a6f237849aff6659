import { Progress, Stack, Text } from '@mantine/core'
import type { Replay } from '@posthorn/sdk'
import type { Column } from '../grid/columns.ts'
import type { Messages } from '../messages/use-messages.ts'
import { TimeText } from '../time/time.tsx'
import { TextLink } from '../ui/links.tsx'
import { describeActor, describeRate, describeReplay } from './describe-replay.ts'
import { percentQueued, totalOf } from './progress.ts'
import { ReplayStatusLabel } from './replay-status.tsx'

export function replayColumns(t: Messages, name: (id: string) => string): Column<Replay>[] {
  const words = t.replays.columns
  return [
    {
      id: 'selector',
      header: words.selector,
      width: 'minmax(14rem, 3fr)',
      render: (replay) => (
        <TextLink inherit to="/replays/$id" params={{ id: replay.id }}>
          {describeReplay(replay, t, name)}
        </TextLink>
      ),
    },
    {
      id: 'mode',
      header: words.mode,
      width: '7rem',
      gridWidthMin: 900,
      render: ({ mode }) => t.replays.modes[mode],
    },
    {
      id: 'status',
      header: words.status,
      width: '8rem',
      render: ({ status }) => <ReplayStatusLabel status={status} />,
    },
    {
      id: 'progress',
      header: words.progress,
      width: 'minmax(10rem, 1fr)',
      render: (replay) => <QueuedBar replay={replay} t={t} />,
    },
    {
      id: 'rate',
      header: words.rate,
      width: '6rem',
      gridWidthMin: 1000,
      render: ({ ratePerSecond }) => describeRate(ratePerSecond, t.replays),
    },
    {
      id: 'by',
      header: words.by,
      width: '10rem',
      gridWidthMin: 1100,
      render: ({ createdBy }) => describeActor(createdBy, t),
    },
    {
      id: 'created',
      header: words.created,
      width: '10rem',
      gridWidthMin: 760,
      render: ({ createdAt }) => <TimeText value={createdAt} />,
    },
  ]
}

/** Where there is no room for columns. */
export function ReplayCard({ replay, t, title }: { replay: Replay; t: Messages; title: string }) {
  return (
    <Stack gap={4}>
      <Text size="sm" truncate>
        <TextLink inherit to="/replays/$id" params={{ id: replay.id }}>
          {title}
        </TextLink>
      </Text>
      <Text size="xs" c="dimmed" component="div" truncate>
        <ReplayStatusLabel status={replay.status} /> {queuedWords(replay, t)}
      </Text>
    </Stack>
  )
}

function QueuedBar({ replay, t }: { replay: Replay; t: Messages }) {
  return (
    <Stack gap={2}>
      <Progress value={percentQueued(replay) ?? 0} size={5} aria-hidden />
      <Text size="xs" c="dimmed" truncate>
        {queuedWords(replay, t)}
      </Text>
    </Stack>
  )
}

function queuedWords(replay: Replay, t: Messages): string {
  return t.replays.queuedOf(replay.queued, totalOf(replay))
}
