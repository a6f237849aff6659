import { Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { explainAttempt } from '../delivery/explain-attempt.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { ProblemAlert } from '../ui/problem-alert.tsx'

/** What happened to the newest delivery of a group at last, and what can be done about all of them. */
export function Explanation({ deliveryId }: { deliveryId: string }) {
  const t = useMessages()
  const { client, organisationId } = useAccess()
  const { data, error, refetch } = useQuery({
    queryKey: [organisationId, 'deliveries', 'attempts', deliveryId],
    queryFn: () => client.deliveries.attempts(deliveryId),
  })
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton height={88} aria-busy="true" />
  const last = data.data.at(-1)
  if (!last) return null
  const { what, next } = explainAttempt(last, t.explanations)
  return (
    <Stack gap="xs">
      <Part title={t.failures.what} text={what} />
      <Part title={t.failures.next} text={next} />
    </Stack>
  )
}

function Part({ title, text }: { title: string; text: string }) {
  return (
    <div>
      <Title order={3} size="h6">
        {title}
      </Title>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {text}
      </Text>
    </div>
  )
}
