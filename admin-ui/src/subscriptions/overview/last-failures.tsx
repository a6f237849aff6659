import { Group, Stack, Table, Text, Title } from '@mantine/core'
import type { Delivery, Subscription } from '@posthorn/sdk'
import { useQuery } from '@tanstack/react-query'
import { useMessages } from '../../messages/use-messages.ts'
import { useAccess } from '../../session/session-context.ts'
import { TimeText } from '../../time/time.tsx'
import { TextLink } from '../../ui/links.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { subscriptionKey } from '../keys.ts'

const shown = 5

/** The newest deliveries that failed for good, each with a link to what happened. */
export function LastFailures({ subscription }: { subscription: Subscription }) {
  const t = useMessages().subscriptionDetail.failures
  const { client, organisationId } = useAccess()
  const { id } = subscription
  // Deliveries are read of one organisation at a time.
  const owner = subscription.organisationId ?? organisationId
  const { data, error, refetch } = useQuery({
    queryKey: [...subscriptionKey(organisationId, id), 'failures', owner],
    queryFn: () =>
      client.deliveries.list({
        subscriptionId: [id],
        status: ['failed'],
        limit: shown,
        ...(owner !== null && { organisationId: owner }),
      }),
    enabled: owner !== null,
    refetchInterval: 10_000,
  })
  if (owner === null) return null
  return (
    <Stack gap="xs" component="section">
      <Group justify="space-between">
        <Title order={2} size="h5">
          {t.title}
        </Title>
        <TextLink
          size="sm"
          to="/subscriptions/$id/deliveries"
          params={{ id }}
          search={{ status: ['failed'] }}
        >
          {t.all}
        </TextLink>
      </Group>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data && <Failures deliveries={data.data} />}
    </Stack>
  )
}

function Failures({ deliveries }: { deliveries: readonly Delivery[] }) {
  const t = useMessages()
  if (deliveries.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t.subscriptionDetail.failures.none}
      </Text>
    )
  }
  return (
    <Table verticalSpacing={6} horizontalSpacing={0}>
      <Table.Tbody>
        {deliveries.map((delivery) => (
          <Table.Tr key={delivery.id}>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>
              <TextLink size="sm" to="/deliveries/$id" params={{ id: delivery.id }}>
                {delivery.eventType}
              </TextLink>
            </Table.Td>
            <Table.Td px="sm">
              {delivery.lastStatusCode ??
                t.outcomes[delivery.lastOutcome ?? ''] ??
                delivery.lastOutcome}
            </Table.Td>
            <Table.Td ta="end" c="dimmed">
              <TimeText value={delivery.finishedAt ?? delivery.createdAt} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
