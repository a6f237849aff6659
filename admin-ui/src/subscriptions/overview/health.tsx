import { Group, Stack, Text } from '@mantine/core'
import type { Subscription } from '@posthorn/sdk'
import type { ReactNode } from 'react'
import { useMessages } from '../../messages/use-messages.ts'
import { describeDuration } from '../../time/duration.ts'
import { Time } from '../../time/time.tsx'
import { useNow } from '../../time/use-now.ts'
import { stateOf } from '../describe-subscription.ts'

/** How it fares, in a sentence, and what the sentence is based on. */
export function Health({ subscription }: { subscription: Subscription }) {
  const t = useMessages()
  const { health: sentences, lastSuccess, lastFailure, lastError } = t.subscriptionDetail
  const { health } = subscription
  const state = stateOf(subscription)
  return (
    <Stack gap={6}>
      <Text fw={600}>
        {sentences[state]}
        {health.failingSince !== null && (state === 'failing' || state === 'degraded') && (
          <Failing since={health.failingSince} failures={health.consecutiveFailures} />
        )}
      </Text>
      <Group gap="lg" style={{ rowGap: 4 }}>
        {health.lastSuccessAt !== null && (
          <Fact label={lastSuccess}>
            <Time value={health.lastSuccessAt} />
          </Fact>
        )}
        {health.lastFailureAt !== null && (
          <Fact label={lastFailure}>
            <Time value={health.lastFailureAt} />
          </Fact>
        )}
      </Group>
      {(state === 'failing' || state === 'degraded') && health.lastError !== null && (
        <Fact label={lastError}>{health.lastError}</Fact>
      )}
    </Stack>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Text size="sm" component="div" style={{ overflowWrap: 'anywhere' }}>
      <Text span size="sm" c="dimmed">
        {label}
        {': '}
      </Text>
      {children}
    </Text>
  )
}

function Failing({ since, failures }: { since: string; failures: number }) {
  const t = useMessages()
  const duration = describeDuration(Math.max(0, useNow() - Date.parse(since)))
  return `: ${t.subscriptionDetail.nothingFor(duration)} · ${t.subscriptions.failures(failures)}`
}
