import { Button, CloseButton, Group, Paper, Text } from '@mantine/core'
import type { Subscription } from '@posthorn/sdk'
import { CirclePause, CirclePlay, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useMessages } from '../../messages/use-messages.ts'
import { notifyDone } from '../../ui/notify.ts'
import { useSetActive } from '../use-subscription-changes.ts'

interface Props {
  chosen: readonly Subscription[]
  onClear(): void
  onDelete(): void
}

/** What one can do with all rows that are chosen. */
export function BulkBar({ chosen, onClear, onDelete }: Props) {
  const t = useMessages().subscriptions
  const [running, setRunning] = useState<'pause' | 'resume'>()
  const { mutateAsync } = useSetActive()
  const setAll = async (active: boolean) => {
    const affected = chosen.filter(({ status }) => (status === 'active') !== active)
    setRunning(active ? 'resume' : 'pause')
    let done = 0
    for (const subscription of affected) {
      // What failed has said so by itself.
      await mutateAsync({ subscription, active }).then(
        () => done++,
        () => undefined,
      )
    }
    setRunning(undefined)
    notifyDone(active ? t.resumed(done) : t.paused(done))
    if (done === affected.length) onClear()
  }
  return (
    <Paper withBorder px="sm" py={6} role="group" aria-label={t.selected(chosen.length)}>
      <Group gap="xs">
        <Text size="sm" fw={550} me="auto">
          {t.selected(chosen.length)}
        </Text>
        <Button
          size="xs"
          variant="default"
          leftSection={<CirclePause size={15} />}
          loading={running === 'pause'}
          onClick={() => void setAll(false)}
        >
          {t.actions.pause}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<CirclePlay size={15} />}
          loading={running === 'resume'}
          onClick={() => void setAll(true)}
        >
          {t.actions.resume}
        </Button>
        <Button
          size="xs"
          variant="light"
          color="red"
          leftSection={<Trash2 size={15} />}
          onClick={onDelete}
        >
          {t.actions.delete}
        </Button>
        <CloseButton aria-label={t.clearSelection} onClick={onClear} />
      </Group>
    </Paper>
  )
}
