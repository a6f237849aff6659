import { Group } from '@mantine/core'
import { useState } from 'react'
import { toggleValue } from '../filter/filter-value.ts'
import { TimeFilter } from '../filter/time-filter.tsx'
import { useFilterChoices } from '../filter/use-filter-choices.ts'
import { ValuePicker } from '../filter/value-picker.tsx'
import { useMessages } from '../messages/use-messages.ts'
import type { FailuresSearch } from './search.ts'

const fields = ['subscriptionId', 'eventType', 'outcome'] as const
const failing = { status: ['failed' as const, 'pending' as const] }

/** The filter of the log, as far as it tells failures apart. */
export function FailureFilters({
  search,
  onSearch,
}: {
  search: FailuresSearch
  onSearch: (search: FailuresSearch) => void
}) {
  const t = useMessages().filter
  const [asked, setAsked] = useState(false)
  const choices = useFilterChoices(search, failing, asked)
  return (
    <Group gap="xs">
      {fields.map((field) => (
        <ValuePicker
          key={field}
          label={t.fields[field]}
          groups={[
            { choices: (choices[field] ?? []).filter(({ value }) => value !== 'succeeded') },
          ]}
          chosen={search[field] ?? []}
          onToggle={(value) => onSearch(toggleValue(search, { field, value }))}
          onOpen={() => setAsked(true)}
          searchable
        />
      ))}
      <TimeFilter
        value={search}
        onChange={({ last, since, until }) => onSearch({ ...search, last, since, until })}
      />
    </Group>
  )
}
