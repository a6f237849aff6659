import { Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMessages } from '../../messages/use-messages.ts'
import { useAccess } from '../../session/session-context.ts'
import { Time } from '../../time/time.tsx'
import { Facts } from '../../ui/facts.tsx'
import { subscriptionKey } from '../keys.ts'

/** What waits for its consumer, and when that came last. */
export function PullFacts({ id }: { id: string }) {
  const t = useMessages()
  const texts = t.subscriptionDetail.pulling
  const { client, organisationId } = useAccess()
  const { data: state } = useQuery({
    queryKey: [...subscriptionKey(organisationId, id), 'pull-state'],
    queryFn: () => client.subscriptions.pullState(id),
    refetchInterval: 10_000,
  })
  if (!state) return null
  const { waiting, complete, leased, oldestDueAt, lastPulledAt } = state
  const time = (at: string | null) => (at === null ? t.common.none : <Time value={at} />)
  return (
    <Stack gap="xs" component="section">
      <Title order={2} size="h5">
        {texts.title}
      </Title>
      <Facts
        facts={[
          [texts.waiting, texts.count(waiting, complete)],
          [texts.leased, texts.count(leased, true)],
          [texts.oldest, time(oldestDueAt)],
          [texts.lastPulled, time(lastPulledAt)],
        ]}
      />
    </Stack>
  )
}
