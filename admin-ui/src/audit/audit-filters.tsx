import { CloseButton, Group, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'
import { TimeFilter } from '../filter/time-filter.tsx'
import { useMessages } from '../messages/use-messages.ts'
import type { AuditSearch } from './search.ts'

interface Props {
  search: AuditSearch
  onChange(change: Partial<AuditSearch>, options?: { replace: boolean }): void
}

export function AuditFilters({ search, onChange }: Props) {
  const t = useMessages().audit
  const { last, since, until } = search
  const actions = Object.entries(t.actions).map(([value, label]) => ({ value, label }))
  const none = { last: undefined, since: undefined, until: undefined }
  const ids = [
    ['actorId', t.filters.actor],
    ['targetId', t.filters.target],
  ] as const
  return (
    <Group gap="xs">
      <Select
        data={actions}
        value={search.action ?? null}
        onChange={(action) => onChange({ action: action ?? undefined })}
        placeholder={t.filters.allActions}
        aria-label={t.filters.action}
        searchable
        clearable
        w={{ base: '100%', xs: '14rem' }}
      />
      {ids.map(([field, label]) => (
        <IdFilter
          // What a click elsewhere has set is what stands in the field.
          key={`${field} ${search[field] ?? ''}`}
          label={label}
          value={search[field] ?? ''}
          onChange={(id) => onChange({ [field]: id || undefined }, { replace: true })}
        />
      ))}
      <TimeFilter
        value={{ last, since, until }}
        onChange={(range) => onChange({ ...none, ...range })}
        lastDefault="all"
      />
    </Group>
  )
}

interface IdFilterProps {
  label: string
  value: string
  onChange(id: string): void
}

function IdFilter({ label, value, onChange }: IdFilterProps) {
  const t = useMessages().audit.filters
  const [typed, setTyped] = useState(value)
  const changeSoon = useDebouncedCallback((text: string) => onChange(text.trim()), 300)
  return (
    <TextInput
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value)
        changeSoon(currentTarget.value)
      }}
      placeholder={label}
      aria-label={label}
      rightSection={
        value && <CloseButton size="sm" aria-label={t.remove} onClick={() => onChange('')} />
      }
      w={{ base: '100%', xs: '15rem' }}
    />
  )
}
