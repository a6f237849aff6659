import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { type Delivery, PosthornApiError, type PosthornClient } from '@posthorn/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { notifyDone, notifyProblem } from '../ui/notify.ts'

interface Props {
  deliveries: readonly Delivery[] | undefined
  onClose: () => void
  onDone: () => void
}

const atOnce = 4

/** Asks before deliveries are given up. */
export function CancelDialog({ deliveries = [], onClose, onDone }: Props) {
  const t = useMessages()
  const { client, organisationId } = useAccess()
  const queries = useQueryClient()
  const pending = deliveries.filter(({ status }) => status === 'pending')
  const cancelling = useMutation({
    mutationFn: () => cancelAll(client, pending),
    onError: (error) => notifyProblem(error, t.common),
    onSuccess: ({ cancelled, finished }) => {
      const say = t.deliveries.selection
      notifyDone(finished === 0 ? say.cancelled(cancelled) : say.cancelledSome(cancelled, finished))
      onClose()
      onDone()
    },
    onSettled: () => queries.invalidateQueries({ queryKey: [organisationId, 'deliveries'] }),
  })
  return (
    <Modal
      opened={deliveries.length > 0}
      onClose={onClose}
      title={t.deliveries.selection.cancelTitle(pending.length)}
    >
      <Stack>
        <Text size="sm">
          {t.deliveries.selection.cancelText(pending.length, deliveries.length - pending.length)}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t.deliveries.selection.keep}
          </Button>
          <Button color="red" loading={cancelling.isPending} onClick={() => cancelling.mutate()}>
            {t.deliveries.selection.cancelConfirm(pending.length)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

/** A few at a time. What had finished before we came is counted, not an error. */
async function cancelAll(client: PosthornClient, deliveries: readonly Delivery[]) {
  const waiting = deliveries.map(({ id }) => id)
  const counts = { cancelled: 0, finished: 0 }
  const work = async () => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      try {
        await client.deliveries.cancel(id)
        counts.cancelled++
      } catch (error) {
        const finished = error instanceof PosthornApiError && error.code === 'delivery_finished'
        if (!finished) throw error
        counts.finished++
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return counts
}
