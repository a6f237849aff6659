import { Code, Stack, Text } from '@mantine/core'
import type { Event } from '@posthorn/sdk'
import type { Column } from '../grid/columns.ts'
import type { Messages } from '../messages/use-messages.ts'
import { TimeText } from '../time/time.tsx'
import { TextLink } from '../ui/links.tsx'
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
      width: 'minmax(12rem, 1.4fr)',
      render: ({ id, eventType }) => (
        <TextLink inherit to="/events/$id" params={{ id }}>
          {eventType}
        </TextLink>
      ),
    },
    {
      id: 'entity',
      header: columns.entity,
      width: 'minmax(11rem, 1fr)',
      render: (event) => <Entity {...event} />,
    },
    {
      id: 'deliveries',
      header: columns.deliveries,
      width: 'minmax(11rem, 1.2fr)',
      render: ({ deliveries }) => <EventTally deliveries={deliveries} />,
    },
    {
      id: 'source',
      header: columns.source,
      width: 'minmax(6rem, 0.6fr)',
      gridWidthMin: 960,
      render: ({ source }) => source,
    },
    {
      id: 'published',
      header: columns.published,
      width: '9rem',
      gridWidthMin: 800,
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
      <Text size="sm" truncate>
        <TextLink inherit to="/events/$id" params={{ id: event.id }}>
          {event.eventType}
        </TextLink>
      </Text>
      <Text size="xs" c="dimmed" component="div" truncate>
        <TimeText value={event.createdAt} /> <EventTally deliveries={event.deliveries} />
      </Text>
    </Stack>
  )
}
