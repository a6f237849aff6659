import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { DataGrid } from '../grid/data-grid.tsx'
import { useMessages } from '../messages/use-messages.ts'
import { useCan } from '../session/session-context.ts'
import { describeTime } from '../time/time.tsx'
import { useNow } from '../time/use-now.ts'
import { ListStates } from '../ui/list-states.tsx'
import { Page } from '../ui/page.tsx'
import { EventCard, eventColumns } from './columns.tsx'
import { EventFilter } from './event-filter.tsx'
import { NoEvents } from './no-events.tsx'
import { PostEvent } from './post-event.tsx'
import type { EventsSearch } from './search.ts'
import { useEventList } from './use-event-list.ts'

const route = getRouteApi('/events')

export function EventsPage() {
  const t = useMessages()
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/events' })
  const pages = useEventList(search)
  const [posting, post] = useDisclosure()
  const may = useCan()('events:write')
  const change = (next: EventsSearch) => void navigate({ search: next })
  return (
    <Page
      title={t.navigation.pages.events}
      description={t.events.description}
      fill
      actions={
        may && (
          <Button leftSection={<Plus size={16} aria-hidden />} onClick={post.open}>
            {t.events.post}
          </Button>
        )
      }
    >
      <EventFilter search={search} onChange={change} />
      <ListStates
        query={pages}
        rows={pages.rows.length}
        nothing={
          pages.searchedUntil ? (
            <SearchedUntil pages={pages} />
          ) : (
            <NoEvents search={search} onChange={change} onPost={may ? post.open : undefined} />
          )
        }
      >
        <DataGrid
          label={t.events.list}
          columns={eventColumns(t.events)}
          rows={pages.rows}
          rowKey={({ id }) => id}
          onOpen={({ id }) => void navigate({ to: '/events/$id', params: { id } })}
          card={(event) => <EventCard event={event} />}
          onEnd={pages.searchedUntil ? undefined : pages.loadMore}
          footer={<SearchedUntil pages={pages} />}
        />
      </ListStates>
      <PostEvent opened={posting} onClose={post.close} />
    </Page>
  )
}

/** A search without an index stops after so many rows; going on is for the person to say. */
function SearchedUntil({ pages }: { pages: ReturnType<typeof useEventList> }) {
  const { common: t, events } = useMessages()
  const nowMs = useNow()
  if (pages.isFetchingNextPage) return <Text size="sm">{t.loadingMore}</Text>
  if (!pages.searchedUntil) {
    return (
      <Text size="sm" c="dimmed">
        {pages.hasNextPage ? t.loadingMore : t.endOfList}
      </Text>
    )
  }
  return (
    <Text size="sm" component="div">
      {events.searchedUntil(describeTime(pages.searchedUntil, 'local', nowMs))}{' '}
      <Button variant="default" size="compact-sm" onClick={pages.loadMore}>
        {t.searchFurther}
      </Button>
    </Text>
  )
}
