import { ActionIcon, Group, Stack, Text } from '@mantine/core'
import { X } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { TextLink } from '../ui/links.tsx'
import classes from './active-replays.module.css'
import { ReplayActions } from './replay-actions.tsx'
import { ReplayBar } from './replay-bar.tsx'
import { ReplayStatusLabel } from './replay-status.tsx'
import { useReplay } from './use-replay.ts'

/** One of the replays that run: how far it is, and what can be done about it. */
export function ActiveReplay({ id, onHide }: { id: string; onHide(): void }) {
  const t = useMessages().replays
  const { data: replay } = useReplay(id)
  if (!replay) return null
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
    </Stack>
  )
}
