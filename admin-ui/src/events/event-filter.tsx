import { Input, SimpleGrid, TagsInput } from '@mantine/core'
import { TimeFilter } from '../filter/time-filter.tsx'
import { useEventTypes } from '../filter/use-event-types.ts'
import { useMessages } from '../messages/use-messages.ts'
import { IdInput } from './id-input.tsx'
import type { EventsSearch } from './search.ts'

interface Props {
  search: EventsSearch
  onChange(search: EventsSearch): void
}

/** What the list shows; all of it stands in the address. */
export function EventFilter({ search, onChange }: Props) {
  const t = useMessages()
  const words = t.events.filter
  const { data: types = [] } = useEventTypes()
  const entityTypes = [...new Set(types.map(({ entityType }) => entityType))].sort()
  const list = (text: string | undefined) => text?.split(',') ?? []
  const change = (part: Partial<EventsSearch>) => onChange({ ...search, ...part })
  return (
    <SimpleGrid
      cols={{ base: 2, md: 3, lg: 5 }}
      spacing="sm"
      verticalSpacing="xs"
      component="search"
      aria-label={words.label}
    >
      <TagsInput
        label={words.eventType}
        data={types.map(({ name }) => name)}
        value={list(search.eventType)}
        onChange={(names) => change({ eventType: joined(names) })}
        maxTags={20}
      />
      <TagsInput
        label={words.entityType}
        data={entityTypes}
        value={list(search.entityType)}
        onChange={(names) => change({ entityType: joined(names) })}
        maxTags={20}
      />
      <IdInput
        label={words.entityId}
        value={search.entityId}
        onChange={(entityId) => change({ entityId })}
      />
      <IdInput
        label={words.correlationId}
        value={search.correlationId}
        onChange={(correlationId) => change({ correlationId })}
      />
      <Input.Wrapper label={words.time} labelElement="div">
        <div>
          <TimeFilter
            value={search}
            onChange={({ last, since, until }) => change({ last, since, until })}
          />
        </div>
      </Input.Wrapper>
    </SimpleGrid>
  )
}

const joined = (names: string[]) => (names.length > 0 ? names.join(',') : undefined)
