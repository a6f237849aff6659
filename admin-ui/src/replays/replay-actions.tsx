import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ReplayDetail } from '@posthorn/sdk'
import { useMessages } from '../messages/use-messages.ts'
import { useCan } from '../session/session-context.ts'
import { totalOf } from './progress.ts'
import { useChangeReplay } from './use-replay.ts'

/** Pause or resume, and cancel: what can be done while a replay has not ended. */
export function ReplayActions({
  replay,
  size,
}: {
  replay: ReplayDetail
  size: 'sm' | 'compact-xs'
}) {
  const t = useMessages().replays
  const change = useChangeReplay(replay.id)
  const [asked, ask] = useDisclosure()
  const can = useCan()
  const running = replay.status === 'running'
  if (!can('deliveries:replay') || (!running && replay.status !== 'paused')) return null
  const verb = running ? 'pause' : 'resume'
  const total = totalOf(replay)
  const left = total === undefined ? undefined : total - replay.succeeded - replay.failed
  const cancel = () => change.mutate('cancel', { onSettled: ask.close })
  return (
    <>
      <Button
        size={size}
        variant="default"
        loading={change.isPending && change.variables === verb}
        onClick={() => change.mutate(verb)}
      >
        {t[verb]}
      </Button>
      <Button size={size} variant="default" c="var(--ph-bad)" onClick={ask.open}>
        {t.cancel}
      </Button>
      <Modal opened={asked} onClose={ask.close} title={t.cancelTitle}>
        <Stack>
          <Text>{t.cancelText(left)}</Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={ask.close}>
              {t.keep}
            </Button>
            <Button color="red" loading={change.isPending} onClick={cancel}>
              {t.cancel}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
