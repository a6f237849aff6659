import { Alert, Stack, Text } from '@mantine/core'
import type { ReplayDryRun } from '@posthorn/sdk'
import { Info } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { absoluteTime } from './describe-range.ts'
import type { ReplayMode } from './replay-input.ts'
import { SkippedReasons, skippedReasons } from './skipped-reasons.tsx'

/** What a replay would send, what it would leave alone, and why. */
export function DryRunFigures({ figures, mode }: { figures: ReplayDryRun; mode: ReplayMode }) {
  const t = useMessages().replays
  const { willSend, skipped, complete, clampedSince } = figures
  const skips = skippedReasons(skipped).length > 0
  if (willSend === 0 && complete) {
    return (
      <Alert icon={<Info />} color="gray" title={t.nothingTitle}>
        <Stack gap={4}>
          <Text size="sm">{skips ? t.nothingBecause : t.nothingMode[mode]}</Text>
          <SkippedReasons skipped={skipped} />
        </Stack>
      </Alert>
    )
  }
  return (
    <Stack gap={4}>
      <Text fw={650} size="lg">
        {t.willSend(willSend, complete)}
      </Text>
      {!complete && <Text size="sm">{t.notCountedAll}</Text>}
      {clampedSince && <Text size="sm">{t.clampedSince(absoluteTime(clampedSince))}</Text>}
      {skips && (
        <>
          <Text size="sm" c="dimmed">
            {t.skippedTitle}
          </Text>
          <SkippedReasons skipped={skipped} />
        </>
      )}
    </Stack>
  )
}
