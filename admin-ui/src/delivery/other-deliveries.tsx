import { Group, Stack, Text, Title } from '@mantine/core'
import type { Delivery } from '@posthorn/sdk'
import { useQuery } from '@tanstack/react-query'
import { useSubscriptionNames } from '../filter/use-subscription-names.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { DeliveryStatusLabel } from '../ui/delivery-status.tsx'
import { TextLink } from '../ui/links.tsx'

const shownMax = 8

/** What became of the same event elsewhere. */
export function OtherDeliveries({ delivery, isPage }: { delivery: Delivery; isPage: boolean }) {
  const t = useMessages().delivery.others
  const { client, organisationId } = useAccess()
  const { id, eventId, entityId } = delivery
  const { data } = useQuery({
    queryKey: [organisationId, 'deliveries', 'of-event', eventId],
    queryFn: () =>
      client.events.deliveries(eventId, {
        organisationId: delivery.organisationId,
        limit: shownMax + 1,
      }),
    retry: false,
  })
  const others = data?.data.filter((other) => other.id !== id).slice(0, shownMax) ?? []
  return (
    <Stack component="section" gap="xs">
      <Title order={isPage ? 2 : 3} size="h5">
        {t.title}
      </Title>
      {others.map((other) => (
        <Other key={other.id} delivery={other} />
      ))}
      {data && others.length === 0 && (
        <Text size="sm" c="dimmed">
          {t.none}
        </Text>
      )}
      <Group gap="md">
        <TextLink to="/deliveries" search={{ eventId, last: 'all' }} size="sm">
          {t.all}
        </TextLink>
        <TextLink to="/deliveries" search={{ entityId, last: 'all' }} size="sm">
          {t.ofEntity}
        </TextLink>
      </Group>
    </Stack>
  )
}

function Other({ delivery }: { delivery: Delivery }) {
  const { nameOf, isHeld } = useSubscriptionNames()
  return (
    <Group gap="sm" wrap="nowrap">
      <DeliveryStatusLabel
        status={delivery.status}
        attempts={delivery.attempts}
        held={isHeld(delivery)}
      />
      <TextLink to="/deliveries/$id" params={{ id: delivery.id }} size="sm" truncate>
        {nameOf(delivery.subscriptionId)}
      </TextLink>
    </Group>
  )
}
