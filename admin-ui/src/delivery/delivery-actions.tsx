import { Button, Tooltip } from '@mantine/core'
import type { Attempt, DeliveryDetail, Subscription } from '@posthorn/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { RotateCw } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess, useCan } from '../session/session-context.ts'
import { useShortcut } from '../shortcuts/use-shortcut.ts'
import { useNow } from '../time/use-now.ts'
import { notifyDone, notifyProblem } from '../ui/notify.ts'
import { CancelRetries } from './cancel-retries.tsx'
import { CopyMenu } from './copy-menu.tsx'

interface Props {
  delivery: DeliveryDetail
  subscription: Subscription | undefined
  /** The one that is shown. */
  attempt: Attempt | undefined
  onReplayed(): void
}

/** What can be done with a delivery. */
export function DeliveryActions({ delivery, subscription, attempt, onReplayed }: Props) {
  const canReplay = useCan()('deliveries:replay')
  return (
    <>
      {canReplay && (
        <ReplayButton delivery={delivery} subscription={subscription} onReplayed={onReplayed} />
      )}
      {canReplay && delivery.status === 'pending' && <CancelRetries delivery={delivery} />}
      <CopyMenu delivery={delivery} attempt={attempt} />
    </>
  )
}

function ReplayButton({ delivery, subscription, onReplayed }: Omit<Props, 'attempt'>) {
  const t = useMessages()
  const texts = t.delivery.actions
  const { client, organisationId } = useAccess()
  const queries = useQueryClient()
  const nowMs = useNow()
  const isPending = delivery.status === 'pending'
  const isDue = isPending && Date.parse(delivery.nextAttemptAt ?? '') <= nowMs
  const replay = useMutation({
    mutationFn: () => client.deliveries.replay(delivery.id),
    onSuccess: () => {
      notifyDone(texts.replayed)
      onReplayed()
    },
    onError: (error) => notifyProblem(error, t.common),
    onSettled: () => queries.invalidateQueries({ queryKey: [organisationId, 'deliveries'] }),
  })
  const reason = isDue
    ? texts.replayPending
    : delivery.requestBody === null
      ? texts.eventGone
      : subscription?.status === 'disabled'
        ? texts.subscriptionDisabled
        : undefined
  const run = () => {
    if (reason === undefined && !replay.isPending) replay.mutate()
  }
  useShortcut({ keys: 'r', label: t.delivery.shortcuts.replay, group: 'delivery' }, run)
  return (
    <Tooltip label={reason} disabled={reason === undefined}>
      {/* Not `disabled`, which would keep the reason from who uses the keyboard. */}
      <Button
        leftSection={<RotateCw size={15} />}
        loading={replay.isPending}
        onClick={run}
        {...(reason !== undefined && { 'data-disabled': true, 'aria-disabled': true })}
      >
        {isPending && !isDue ? texts.replayTryNow : texts.replay}
      </Button>
    </Tooltip>
  )
}
