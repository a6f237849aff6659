import { Button, Checkbox, Group, List, Modal, Stack, Text } from '@mantine/core'
import type { Subscription } from '@posthorn/sdk'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useMessages } from '../../messages/use-messages.ts'
import { notifyDone } from '../../ui/notify.ts'
import { ProblemAlert } from '../../ui/problem-alert.tsx'

/** Says what rotating means for the receiver before it is done. */
export function RotateDialog({
  signing,
  onClose,
  onConfirm,
}: {
  signing: Subscription['signing']
  onClose(): void
  /** `revoke`: those before sign no more, from now on. */
  onConfirm(revoke: boolean): Promise<void>
}) {
  const t = useMessages()
  const { revoke, confirm, ...texts } = t.subscriptionDetail.secret
  const { rotating, rotated } = texts[signing]
  const [isRevoking, setRevoking] = useState(false)
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => onConfirm(isRevoking),
    onSuccess: () => {
      notifyDone(rotated)
      onClose()
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={rotating.title}
      closeButtonProps={{ 'aria-label': t.common.close }}
    >
      <Stack gap="sm">
        {!isRevoking && (
          <>
            <Text size="sm">{rotating.text}</Text>
            <List type="ordered" size="sm" spacing={4}>
              {rotating.steps.map((step) => (
                <List.Item key={step}>{step}</List.Item>
              ))}
            </List>
          </>
        )}
        <Checkbox
          label={revoke.label}
          description={revoke.hint}
          checked={isRevoking}
          onChange={(event) => setRevoking(event.currentTarget.checked)}
        />
        {error && <ProblemAlert error={error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t.common.cancel}
          </Button>
          <Button
            loading={isPending}
            {...(isRevoking && { color: 'red' })}
            onClick={() => mutate()}
          >
            {isRevoking ? revoke.confirm : confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
