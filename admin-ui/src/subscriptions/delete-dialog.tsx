import { Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import type { Subscription } from '@posthorn/sdk'
import { useState } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { nameOf } from './describe-subscription.ts'

interface Props {
  subscriptions: readonly Subscription[]
  onClose(): void
  /** @throws what the server says against it */
  onConfirm(): Promise<void>
}

const listedMax = 5

/** Asks before subscriptions are deleted, by name. */
export function DeleteDialog({ subscriptions, onClose, onConfirm }: Props) {
  const t = useMessages()
  const { deleting } = t.subscriptions
  const [state, setState] = useState<{ running: boolean; error?: unknown }>({ running: false })
  const total = subscriptions.length
  const confirm = async () => {
    setState({ running: true })
    try {
      await onConfirm()
      onClose()
    } catch (error) {
      setState({ running: false, error })
    }
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={deleting.title(total)}
      closeButtonProps={{ 'aria-label': t.common.close }}
    >
      <Stack gap="sm">
        <Text size="sm">{total === 1 ? deleting.textOne : deleting.text}</Text>
        <List size="sm">
          {subscriptions.slice(0, listedMax).map((subscription) => (
            <List.Item key={subscription.id} style={{ overflowWrap: 'anywhere' }}>
              {nameOf(subscription)}
            </List.Item>
          ))}
          {total > listedMax && <List.Item>{deleting.more(total - listedMax)}</List.Item>}
        </List>
        <Text size="sm" c="dimmed">
          {deleting.revive}
        </Text>
        {state.error !== undefined && <ProblemAlert error={state.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t.common.cancel}
          </Button>
          <Button color="red" loading={state.running} onClick={() => void confirm()}>
            {deleting.confirm(total)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
