import { Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useMessages } from '../../messages/use-messages.ts'
import { notifyDone } from '../../ui/notify.ts'
import { ProblemAlert } from '../../ui/problem-alert.tsx'

/** Says what rotating means for the receiver before it is done. */
export function RotateDialog({
  onClose,
  onConfirm,
}: {
  onClose(): void
  onConfirm(): Promise<void>
}) {
  const t = useMessages()
  const { rotating, rotated } = t.subscriptionDetail.secret
  const { mutate, isPending, error } = useMutation({
    mutationFn: onConfirm,
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
        <Text size="sm">{rotating.text}</Text>
        <List type="ordered" size="sm" spacing={4}>
          {rotating.steps.map((step) => (
            <List.Item key={step}>{step}</List.Item>
          ))}
        </List>
        {error && <ProblemAlert error={error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t.common.cancel}
          </Button>
          <Button loading={isPending} onClick={() => mutate()}>
            {rotating.confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
