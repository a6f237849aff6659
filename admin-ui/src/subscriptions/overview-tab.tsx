import { Grid, Group, Stack } from '@mantine/core'
import { useCan } from '../session/session-context.ts'
import { DeliveryFacts } from './overview/delivery-facts.tsx'
import { Figures, RangeChoice } from './overview/figures.tsx'
import { Health } from './overview/health.tsx'
import { LastFailures } from './overview/last-failures.tsx'
import { PullFacts } from './overview/pull-facts.tsx'
import { Receives } from './overview/receives.tsx'
import { useSubscription } from './use-subscription.ts'

export function SubscriptionOverviewTab() {
  const { data: subscription } = useSubscription()
  const readsDeliveries = useCan()('deliveries:read')
  if (!subscription) return null
  return (
    <Grid gap="xl">
      <Grid.Col span={{ base: 12, md: 8 }}>
        <Stack gap="lg">
          <Group justify="space-between" align="flex-start">
            <Health subscription={subscription} />
            {readsDeliveries && <RangeChoice subscriptionId={subscription.id} />}
          </Group>
          {readsDeliveries && <Figures subscriptionId={subscription.id} />}
          {readsDeliveries && <LastFailures subscription={subscription} />}
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 4 }}>
        <Stack gap="lg">
          {subscription.mode === 'pull' && <PullFacts id={subscription.id} />}
          <Receives subscription={subscription} />
          <DeliveryFacts subscription={subscription} />
        </Stack>
      </Grid.Col>
    </Grid>
  )
}
