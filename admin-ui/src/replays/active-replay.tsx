import { ActionIcon, Group, Stack, Text, VisuallyHidden } from '@mantine/core'
import { X } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { TextLink } from '../ui/links.tsx'
import classes from './active-replays.module.css'
import { percentDone, quarterOf } from './progress.ts'
import { ReplayActions } from './replay-actions.tsx'
import { ReplayBar } from './replay-bar.tsx'
import { ReplayStatusLabel } from './replay-status.tsx'
import { useReplay } from './use-replay.ts'

/** One replay of the tray. Its progress is read aloud at every quarter, not at every look. */
export function ActiveReplay({ id, onHide }: { id: string; onHide(): void }) {
  const t = useMessages().replays
  const { data: replay } = useReplay(id)
  if (!replay) return null
  const percent = percentDone(replay)
  const quarter = quarterOf(percent ?? 0)
  return (
    <Stack gap={6} className={classes['item'] ?? ''}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <ReplayStatusLabel status={replay.status} />
        <ActionIcon size="sm" onClick={onHide} aria-label={t.hide}>
          <X size={14} />
        </ActionIcon>
      </Group>
      <ReplayBar replay={replay} />
      <Text size="xs" c="dimmed">
        {t.ended(replay.succeeded, replay.failed)}
      </Text>
      <Group gap="xs">
        <ReplayActions replay={replay} size="compact-xs" />
        <TextLink size="xs" to="/replays/$id" params={{ id }}>
          {t.view}
        </TextLink>
      </Group>
      <VisuallyHidden role="status">{quarter > 0 ? t.announce(quarter) : ''}</VisuallyHidden>
    </Stack>
  )
}
