import { Group, Paper, Stack, Text, Title } from '@mantine/core'
import type { ReplayDetail } from '@posthorn/sdk'
import { useMessages } from '../messages/use-messages.ts'
import { TextLink } from '../ui/links.tsx'
import { percentDone, totalOf } from './progress.ts'
import { ReplayBar } from './replay-bar.tsx'
import classes from './replay-progress.module.css'

/** How far it is, and what became of what was sent. */
export function ReplayProgress({ replay }: { replay: ReplayDetail }) {
  const t = useMessages()
  const { id, queued, succeeded, failed, pending, skipped, complete } = replay
  const percent = percentDone(replay)
  const total = totalOf(replay)
  const parts = [
    { name: t.replays.parts.succeeded, value: succeeded, color: 'var(--ph-chart-good)' },
    { name: t.replays.parts.failed, value: failed, color: 'var(--ph-chart-bad)' },
    { name: t.replays.parts.pending, value: pending, color: 'var(--ph-chart-waiting)' },
    { name: t.replays.parts.left, value: total === undefined ? undefined : total - queued },
    { name: t.replays.parts.skipped, value: Object.values(skipped).reduce((a, b) => a + b, 0) },
  ]
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Group justify="space-between" align="baseline">
          <Title order={2} size="h4">
            {t.replays.progressTitle}
          </Title>
          {percent !== undefined && (
            <Text fw={650} size="lg">
              {t.replays.percent(percent)}
            </Text>
          )}
        </Group>
        <ReplayBar replay={replay} size={14} />
        <dl className={classes['parts']}>
          {parts.map(({ name, value, color }) => (
            <div key={name}>
              <dt>
                <span className={classes['dot']} style={{ background: color }} aria-hidden="true" />
                {name}
              </dt>
              <dd>{value?.toLocaleString('en') ?? t.common.none}</dd>
            </div>
          ))}
        </dl>
        {!complete && <Text size="sm">{t.replays.lowerBounds}</Text>}
        {replay.status === 'completed' && pending > 0 && (
          <Text size="sm">{t.replays.retriesGoOn(pending)}</Text>
        )}
        <Group gap="md">
          {failed > 0 && (
            <TextLink
              size="sm"
              to="/deliveries"
              search={{ replayId: id, status: ['failed'], last: 'all' }}
            >
              {t.replays.failures(failed)}
            </TextLink>
          )}
          <TextLink size="sm" to="/deliveries" search={{ replayId: id, last: 'all' }}>
            {t.replays.all}
          </TextLink>
        </Group>
      </Stack>
    </Paper>
  )
}
