import { Button, CloseButton, Stack, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { EventType } from '@posthorn/sdk'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Layers, Plus, Search } from 'lucide-react'
import { useEventTypes } from '../filter/use-event-types.ts'
import { useMessages } from '../messages/use-messages.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ListStates } from '../ui/list-states.tsx'
import { Page } from '../ui/page.tsx'
import { EntityGroup } from './entity-group.tsx'
import { EventTypeDialog } from './event-type-dialog.tsx'
import { useMayEdit } from './use-may-edit.ts'
import { useVolumes } from './use-volumes.ts'

const route = getRouteApi('/catalogue')

/** The event types, by what they are about. */
export function CataloguePage() {
  const t = useMessages()
  const { q = '' } = route.useSearch()
  const navigate = useNavigate({ from: '/catalogue' })
  const query = useEventTypes()
  const { data: volumes } = useVolumes()
  const [adding, add] = useDisclosure()
  const mayEdit = useMayEdit()
  const found = (query.data ?? []).filter((type) => matches(type, q))
  const groups = Object.entries(Object.groupBy(found, ({ entityType }) => entityType)).sort(
    ([a], [b]) => a.localeCompare(b),
  )
  const search = (text: string) =>
    void navigate({ search: { q: text || undefined }, replace: true })
  return (
    <Page
      title={t.navigation.pages.catalogue}
      description={t.catalogue.description}
      actions={
        mayEdit && (
          <Button leftSection={<Plus size={16} aria-hidden />} onClick={add.open}>
            {t.catalogue.add}
          </Button>
        )
      }
    >
      <TextInput
        aria-label={t.catalogue.searchLabel}
        placeholder={t.catalogue.search}
        leftSection={<Search size={16} aria-hidden />}
        value={q}
        onChange={(event) => search(event.currentTarget.value)}
        rightSection={
          q && <CloseButton size="sm" aria-label={t.catalogue.clear} onClick={() => search('')} />
        }
        maw={480}
      />
      <ListStates
        query={query}
        rows={found.length}
        nothing={
          q ? (
            <EmptyState icon={<Search />} title={t.catalogue.noMatch}>
              <Button variant="default" onClick={() => search('')}>
                {t.catalogue.clear}
              </Button>
            </EmptyState>
          ) : (
            <EmptyState icon={<Layers />} title={t.catalogue.empty} text={t.catalogue.emptyText} />
          )
        }
      >
        <Stack gap="lg">
          {groups.map(([entityType, types = []]) => (
            <EntityGroup key={entityType} name={entityType} types={types} volumes={volumes} />
          ))}
        </Stack>
      </ListStates>
      <EventTypeDialog opened={adding} onClose={add.close} />
    </Page>
  )
}

function matches({ name, entityType, description }: EventType, q: string): boolean {
  const text = `${name} ${entityType} ${description}`.toLowerCase()
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
