import { Stack, Text, Title } from '@mantine/core'
import { useMessages } from '../messages/use-messages.ts'
import { TestSender } from './test/test-sender.tsx'
import { useSubscription } from './use-subscription.ts'

export function SubscriptionTestTab() {
  const t = useMessages().subscriptionDetail.test
  const { data: subscription } = useSubscription()
  if (!subscription) return null
  return (
    <Stack gap="md" maw="52rem">
      <div>
        <Title order={2} size="h4">
          {t.title}
        </Title>
        <Text size="sm" c="dimmed">
          {t.text}
        </Text>
      </div>
      <TestSender subscription={subscription} />
    </Stack>
  )
}
