import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { DeliveryDetail } from '@posthorn/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { notifyDone } from '../ui/notify.ts'
import { ProblemAlert } from '../ui/problem-alert.tsx'

/** Ends what is planned, once the person knows what that is. */
export function CancelRetries({ delivery }: { delivery: DeliveryDetail }) {
  const t = useMessages().delivery.actions
  const { client, organisationId } = useAccess()
  const queries = useQueryClient()
  const [opened, { open, close }] = useDisclosure(false)
  const cancel = useMutation({
    mutationFn: () => client.deliveries.cancel(delivery.id),
    onSuccess: () => {
      close()
      notifyDone(t.cancelled)
    },
    onSettled: () => queries.invalidateQueries({ queryKey: [organisationId, 'deliveries'] }),
  })
  return (
    <>
      <Button variant="default" onClick={open}>
        {t.cancel}
      </Button>
      <Modal opened={opened} onClose={close} title={t.cancelTitle}>
        <Stack>
          <Text size="sm">{t.cancelText(delivery.eventType, delivery.plannedAttempts.length)}</Text>
          {cancel.error && <ProblemAlert error={cancel.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {t.cancelKeep}
            </Button>
            <Button color="red" loading={cancel.isPending} onClick={() => cancel.mutate()}>
              {t.cancel}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
