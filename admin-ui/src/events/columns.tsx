import { Code, Group, Stack, Text } from '@mantine/core'
import type { Event } from '@posthorn/sdk'
import type { Column } from '../grid/columns.ts'
import type { Messages } from '../messages/use-messages.ts'
import { TimeText } from '../time/time.tsx'
import { TextLink } from '../ui/links.tsx'
import classes from './columns.module.css'
import { EventState } from './event-state.tsx'
import { EventTally } from './event-tally.tsx'

export function eventColumns({ columns }: Messages['events']): Column<Event>[] {
  return [
    {
      id: 'time',
      header: columns.time,
      width: '10.5rem',
      render: ({ createdAt }) => <TimeText value={createdAt} />,
    },
    {
      id: 'type',
      header: columns.type,
      width: 'minmax(11rem, 1.3fr)',
      render: ({ id, eventType }) => (
        <TextLink inherit to="/events/$id" params={{ id }}>
          {eventType}
        </TextLink>
      ),
    },
    {
      id: 'entity',
      header: columns.entity,
      width: 'minmax(9rem, 1fr)',
      render: (event) => <Entity {...event} />,
    },
    {
      id: 'deliveries',
      header: columns.deliveries,
      width: 'minmax(20.5rem, 1.2fr)',
      render: ({ deliveries }) => <EventTally deliveries={deliveries} />,
    },
    {
      id: 'source',
      header: columns.source,
      width: 'minmax(6rem, 0.6fr)',
      gridWidthMin: 1120,
      render: ({ source }) => source,
    },
    {
      id: 'published',
      header: columns.published,
      width: '8.5rem',
      gridWidthMin: 960,
      render: (event) => <EventState event={event} />,
    },
  ]
}

function Entity({ entityType, entityId }: Pick<Event, 'entityType' | 'entityId'>) {
  return (
    <Text size="sm" truncate title={entityId}>
      {entityType} <Code bg="transparent">{entityId.slice(-8)}</Code>
    </Text>
  )
}

/** Where there is no room for columns. */
export function EventCard({ event }: { event: Event }) {
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <TextLink size="sm" truncate to="/events/$id" params={{ id: event.id }}>
          {event.eventType}
        </TextLink>
        <Text size="xs" c="dimmed" flex="none">
          <TimeText value={event.createdAt} />
        </Text>
      </Group>
      <Text size="xs" c="dimmed" component="div" className={classes['tally'] ?? ''}>
        <EventTally deliveries={event.deliveries} />
      </Text>
    </Stack>
  )
}
