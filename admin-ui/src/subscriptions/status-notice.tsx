import { Alert, Group, Stack, Text } from '@mantine/core'
import type { Subscription } from '@posthorn/sdk'
import { CirclePause, TriangleAlert, Unplug } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { useCan } from '../session/session-context.ts'
import { TextLink } from '../ui/links.tsx'

/** Why nothing is sent, where nothing is, and what to do about it. */
export function StatusNotice({ subscription }: { subscription: Subscription }) {
  const t = useMessages()
  const { status, disabledReason, problem } = subscription
  const text =
    status === 'paused' ? t.subscriptionDetail.pausedText : t.subscriptionDetail.disabledText
  return (
    <>
      {problem !== null && <ProblemNotice id={subscription.id} problem={problem} />}
      {status !== 'active' && (
        <Alert
          variant="light"
          color={status === 'paused' ? 'gray' : 'red'}
          icon={status === 'paused' ? <CirclePause /> : <TriangleAlert />}
          title={disabledReason ?? t.subscriptionStatuses[status]}
        >
          <Text size="sm">{text}</Text>
        </Alert>
      )}
    </>
  )
}

/** Of what is stored something is missing or wrong; the server says what, and the fix. */
function ProblemNotice({ id, problem }: { id: string; problem: string }) {
  const t = useMessages().subscriptionDetail.problem
  const mayWrite = useCan()('subscriptions:write')
  return (
    <Alert variant="light" color="red" icon={<Unplug />} title={t.title}>
      <Stack gap="xs">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {problem}
        </Text>
        {mayWrite && (
          <Group gap="md">
            <TextLink size="sm" to="/subscriptions/$id/secret" params={{ id }}>
              {t.toSecret}
            </TextLink>
            <TextLink size="sm" to="/subscriptions/$id/settings" params={{ id }}>
              {t.toSettings}
            </TextLink>
          </Group>
        )}
      </Stack>
    </Alert>
  )
}
