import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useRouterState } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { useShortcut } from '../shortcuts/use-shortcut.ts'

/** One of all organisations, found by its name or id. */
export function OrganisationSelect() {
  const t = useMessages()
  const { client, organisationId } = useAccess()
  const navigate = useNavigate()
  const path = useRouterState({ select: (state) => state.location.pathname })
  const input = useRef<HTMLInputElement>(null)
  useShortcut({ keys: 'g g', label: t.shortcuts.organisation, group: 'goTo' }, () =>
    input.current?.focus(),
  )
  const chosen = useQuery({
    queryKey: ['organisations', organisationId],
    queryFn: () => client.organisations.get(organisationId ?? ''),
    enabled: organisationId !== null,
  })
  const chosenName = chosen.data?.name ?? organisationId ?? ''
  const [search, setSearch] = useState('')
  // The name of the chosen one stands in the field without anybody searching for it.
  const [q] = useDebouncedValue(search === chosenName ? '' : search, 200)
  const { data } = useQuery({
    queryKey: ['organisations', 'switch', q],
    queryFn: () => client.organisations.list({ limit: 50, ...(q && { q }) }),
    placeholderData: keepPreviousData,
  })
  const options = (data?.data ?? []).map(({ id, name }) => ({ value: id, label: name ?? id }))
  // The one that is looked at may be beyond the page that was read.
  if (organisationId && !options.some(({ value }) => value === organisationId)) {
    options.unshift({ value: organisationId, label: chosenName })
  }
  return (
    <Select
      ref={input}
      data={options}
      value={organisationId}
      searchable
      clearable
      // The server has searched, by id as well.
      filter={({ options }) => options}
      onSearchChange={setSearch}
      placeholder={t.navigation.allOrganisations}
      aria-label={t.navigation.organisation}
      nothingFoundMessage={t.navigation.noOrganisations}
      // What it shows belongs to the organisation that is left: a cursor, a pane, an id.
      // The type of a search is that of a page's path, and this is any page.
      onChange={(id) =>
        void navigate({ to: path, search: { organisationId: id ?? undefined } as never })
      }
      w="clamp(7rem, 30vw, 18rem)"
    />
  )
}
