import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { useOrganisationNames } from '../filter/use-organisation-names.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'

interface Props {
  /** Null for the platform. */
  value: string | null
  onChange(organisationId: string | null): void
  /** What it is called to belong to none; left out where it must belong to one. */
  platform?: string
  error?: ReactNode
}

const nobody = 'platform'

/** Whose it is to be. For platform credentials: the others have one organisation only. */
export function OrganisationField({ value, onChange, platform, error }: Props) {
  const t = useMessages()
  const { client } = useAccess()
  const nameOf = useOrganisationNames()
  const [search, setSearch] = useState('')
  const shown = value === null ? platform : nameOf(value)
  // The name of the chosen one stands in the field without anybody searching for it.
  const [q] = useDebouncedValue(search === shown ? '' : search, 200)
  const { data } = useQuery({
    queryKey: ['organisations', 'switch', q],
    queryFn: () => client.organisations.list({ limit: 50, ...(q && { q }) }),
    placeholderData: keepPreviousData,
  })
  const options = (data?.data ?? []).map(({ id, name }) => ({ value: id, label: name ?? id }))
  if (value !== null && !options.some((option) => option.value === value)) {
    options.unshift({ value, label: nameOf(value) })
  }
  if (platform !== undefined) options.unshift({ value: nobody, label: platform })
  return (
    <Select
      label={t.keys.organisation}
      description={value === null ? undefined : t.keys.organisationHint}
      placeholder={t.navigation.searchOrganisations}
      data={options}
      value={value ?? (platform === undefined ? null : nobody)}
      onChange={(chosen) => onChange(chosen === nobody ? null : chosen)}
      searchable
      // The server has searched, by id as well.
      filter={({ options }) => options}
      onSearchChange={setSearch}
      nothingFoundMessage={t.navigation.noOrganisations}
      allowDeselect={false}
      required
      error={error}
    />
  )
}
