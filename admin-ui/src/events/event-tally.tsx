import { Group, Text } from '@mantine/core'
import type { Event } from '@posthorn/sdk'
import { Ban, CircleCheck, CircleDashed, CircleX } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { StatusLabel } from '../ui/status-label.tsx'

const looks = {
  succeeded: { icon: CircleCheck, tone: 'good' },
  failed: { icon: CircleX, tone: 'bad' },
  pending: { icon: CircleDashed, tone: 'waiting' },
  cancelled: { icon: Ban, tone: 'off' },
} as const

const statuses = ['failed', 'pending', 'succeeded', 'cancelled'] as const

/** What became of an event: what needs a look first. */
export function EventTally({ deliveries }: { deliveries: Event['deliveries'] }) {
  const t = useMessages()
  if (!deliveries) return t.common.none
  if (deliveries.total === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t.events.noDeliveries}
      </Text>
    )
  }
  return (
    <Group gap="xs" wrap="nowrap" component="span" display="inline-flex">
      {statuses
        .filter((status) => deliveries[status] > 0)
        .map((status) => (
          <StatusLabel
            key={status}
            {...looks[status]}
            label={t.events.tally[status](deliveries[status])}
          />
        ))}
    </Group>
  )
}
