import { Alert, Group, Stack, Title } from '@mantine/core'
import type { ReplayDetail } from '@posthorn/sdk'
import { getRouteApi } from '@tanstack/react-router'
import { TriangleAlert } from 'lucide-react'
import { useSubscriptionNames } from '../filter/use-subscription-names.ts'
import { useMessages } from '../messages/use-messages.ts'
import { LoadingPage } from '../ui/loading-page.tsx'
import { Page } from '../ui/page.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { absoluteTime, describeRange } from './describe-range.ts'
import { describeReplay } from './describe-replay.ts'
import { ReplayActions } from './replay-actions.tsx'
import { ReplayFacts } from './replay-facts.tsx'
import { ReplayProgress } from './replay-progress.tsx'
import { ReplayStatusLabel } from './replay-status.tsx'
import { SkippedReasons, skippedReasons } from './skipped-reasons.tsx'
import { useReplay } from './use-replay.ts'

const route = getRouteApi('/replays/$id')

export function ReplayPage() {
  const t = useMessages().replays
  const { data, error, refetch, dataUpdatedAt } = useReplay(route.useParams().id)
  if (data) return <Replay replay={data} lookedAtMs={dataUpdatedAt} />
  if (!error) return <LoadingPage />
  return (
    <Page title={t.title}>
      <ProblemAlert error={error} onRetry={() => void refetch()} />
    </Page>
  )
}

function Replay({ replay, lookedAtMs }: { replay: ReplayDetail; lookedAtMs: number }) {
  const t = useMessages()
  const { nameOf: name } = useSubscriptionNames()
  const { filter, skipped, clampedSince } = replay
  const range =
    filter &&
    !filter.eventId &&
    describeRange(filter, t.replays.ranges, Date.parse(replay.createdAt))
  const title = describeReplay(replay, t, name)
  return (
    <Page
      title={title}
      description={
        <Group gap="sm">
          <ReplayStatusLabel status={replay.status} />
          {range}
        </Group>
      }
      actions={<ReplayActions replay={replay} size="sm" />}
    >
      {replay.error && (
        <Alert color="red" icon={<TriangleAlert />} title={t.replayStatuses.failed}>
          {replay.error}
        </Alert>
      )}
      <ReplayProgress replay={replay} />
      <ReplayFacts replay={replay} lookedAtMs={lookedAtMs} />
      {skippedReasons(skipped).length > 0 && (
        <Stack gap="xs">
          <Title order={2} size="h4">
            {t.replays.skippedTitle}
          </Title>
          <SkippedReasons skipped={skipped} />
        </Stack>
      )}
      {clampedSince && t.replays.clampedSince(absoluteTime(clampedSince))}
    </Page>
  )
}
