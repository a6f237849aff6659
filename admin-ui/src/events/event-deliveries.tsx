import { Button, Group, Skeleton, Stack, Table, Text, Title } from '@mantine/core'
import type { Event } from '@posthorn/sdk'
import { useSubscriptionNames } from '../filter/use-subscription-names.ts'
import { useCursorPages } from '../grid/use-cursor-pages.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { TimeText } from '../time/time.tsx'
import { DeliveryStatusLabel } from '../ui/delivery-status.tsx'
import { TextLink } from '../ui/links.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'

const refetchMs = 5000

/** What became of it, subscription by subscription. */
export function EventDeliveries({ event }: { event: Event }) {
  const { id } = event
  const t = useMessages()
  const { client, organisationId } = useAccess()
  const pages = useCursorPages(
    [organisationId, 'deliveries', 'ofEvent', id],
    (cursor) => client.events.deliveries(id, { limit: 50, ...(cursor && { cursor }) }),
    { refetchMs },
  )
  const { nameOf: name, isHeld } = useSubscriptionNames()
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {t.events.deliveries}
        </Title>
        {pages.rows.length > 0 && (
          <TextLink size="sm" to="/deliveries" search={{ eventId: id, last: 'all' }}>
            {t.events.toLog}
          </TextLink>
        )}
      </Group>
      {pages.error && <ProblemAlert error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isPending && <Skeleton height={60} />}
      {pages.isSuccess && pages.rows.length === 0 && (
        <Text size="sm">
          {event.publishedAt ? t.events.noDeliveriesText : t.events.notYetPublished}
        </Text>
      )}
      {pages.rows.length > 0 && (
        <Table.ScrollContainer minWidth={420}>
          <Table withRowBorders verticalSpacing={6}>
            <Table.Tbody>
              {pages.rows.map((delivery) => (
                <Table.Tr key={delivery.id}>
                  <Table.Td>
                    <TextLink size="sm" to="/deliveries/$id" params={{ id: delivery.id }}>
                      {name(delivery.subscriptionId)}
                    </TextLink>
                  </Table.Td>
                  <Table.Td>
                    <DeliveryStatusLabel
                      status={delivery.status}
                      attempts={delivery.attempts}
                      held={isHeld(delivery)}
                    />
                  </Table.Td>
                  <Table.Td>{t.events.attempts(delivery.attempts)}</Table.Td>
                  <Table.Td>
                    <TimeText value={delivery.createdAt} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {pages.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          loading={pages.isFetchingNextPage}
          onClick={pages.loadMore}
          style={{ alignSelf: 'flex-start' }}
        >
          {t.events.moreDeliveries}
        </Button>
      )}
    </Stack>
  )
}
