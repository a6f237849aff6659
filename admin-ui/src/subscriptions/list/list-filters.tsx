import { Group, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useEventTypes } from '../../filter/use-event-types.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { useShortcut } from '../../shortcuts/use-shortcut.ts'
import type { ListSearch } from './use-subscription-list.ts'

interface Props {
  search: ListSearch
  onSearch(search: ListSearch, options?: { replace?: boolean }): void
}

const statuses = ['active', 'paused', 'disabled'] as const

export function ListFilters({ search, onSearch }: Props) {
  const t = useMessages()
  const input = useRef<HTMLInputElement>(null)
  useShortcut({ keys: '/', label: t.shortcuts.filter, group: 'list' }, () => input.current?.focus())
  const [text, setText] = useState(search.q ?? '')
  const apply = useDebouncedCallback(
    (q: string) => onSearch({ ...search, q: q.trim() || undefined }, { replace: true }),
    250,
  )
  useEffect(() => {
    // Somebody went back, or removed it: what is typed follows the address, unless it is being typed.
    if (document.activeElement !== input.current) setText(search.q ?? '')
  }, [search.q])
  const { data: types = [] } = useEventTypes()
  const names = types.map(({ name }) => name)
  if (search.eventType && !names.includes(search.eventType)) names.unshift(search.eventType)
  return (
    <Group gap="xs" role="search" aria-label={t.subscriptions.list}>
      <TextInput
        ref={input}
        type="search"
        aria-label={t.subscriptions.search}
        placeholder={t.subscriptions.search}
        leftSection={<Search size={15} aria-hidden />}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          apply(event.currentTarget.value)
        }}
        w={{ base: '100%', sm: '20rem' }}
      />
      <Select
        aria-label={t.subscriptions.statusFilter}
        placeholder={t.subscriptions.anyStatus}
        data={statuses.map((value) => ({ value, label: t.subscriptionStatuses[value] }))}
        value={search.status ?? null}
        onChange={(status) => onSearch({ ...search, status: status ?? undefined })}
        clearable
        w={{ base: '100%', xs: '10rem' }}
      />
      <Select
        aria-label={t.subscriptions.eventTypeFilter}
        placeholder={t.subscriptions.eventTypePlaceholder}
        data={names}
        value={search.eventType ?? null}
        onChange={(eventType) => onSearch({ ...search, eventType: eventType ?? undefined })}
        searchable
        clearable
        limit={100}
        w={{ base: '100%', xs: '16rem' }}
      />
    </Group>
  )
}
