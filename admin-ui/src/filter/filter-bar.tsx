import { Button, Drawer, Group, Stack } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { useRouterState } from '@tanstack/react-router'
import { SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import {
  type DeliveryFilterSearch,
  deliveryFilterSearch,
  ignoredFields,
  lastDefault,
} from './delivery-filter.ts'
import { FilterInput } from './filter-input.tsx'
import { addValue, removeValue, toggleValue, valuesOf } from './filter-value.ts'
import { prefixPatterns } from './prefix-patterns.ts'
import { parseSearch } from './search-params.ts'
import { TimeFilter } from './time-filter.tsx'
import { useFilterChoices } from './use-filter-choices.ts'
import { type ChoiceGroup, ValuePicker } from './value-picker.tsx'

interface Props<Search extends DeliveryFilterSearch> {
  search: Search
  onSearch: (search: Search) => void
  /** What nobody can choose here, for it is given. */
  pinned: Partial<DeliveryFilterSearch>
}

/** Which deliveries are meant. */
export function FilterBar<Search extends DeliveryFilterSearch>(props: Props<Search>) {
  const t = useMessages().filter
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  const [opened, sheet] = useDisclosure()
  if (!narrow) {
    return (
      <Group gap="xs" align="flex-start">
        <Controls {...props} />
      </Group>
    )
  }
  return (
    <>
      <Group gap="xs" grow>
        <Button
          variant="default"
          leftSection={<SlidersHorizontal size={15} aria-hidden />}
          onClick={sheet.open}
        >
          {t.open(valuesOf(props.search).length)}
        </Button>
        <Time {...props} />
      </Group>
      <Drawer opened={opened} onClose={sheet.close} position="bottom" size="80%" title={t.label}>
        <Stack gap="sm">
          <Controls {...props} />
          <Button onClick={sheet.close}>{t.done}</Button>
        </Stack>
      </Drawer>
    </>
  )
}

function Controls<Search extends DeliveryFilterSearch>(props: Props<Search>) {
  const { search, onSearch, pinned } = props
  const t = useMessages().filter
  const [asked, setAsked] = useState(false)
  const choices = useFilterChoices(search, pinned, asked)
  const raw = useRouterState({ select: (state) => state.location.searchStr })
  const ask = () => setAsked(true)
  const names = choices.eventType?.map(({ value }) => value) ?? []
  const patterns = prefixPatterns(names).map(({ pattern, names: types }) => ({
    value: pattern,
    label: pattern,
    hint: t.pattern(types),
  }))
  const groups: Partial<Record<'status' | 'eventType' | 'subscriptionId', ChoiceGroup[]>> = {
    status: [{ choices: choices.status ?? [] }],
    eventType: [
      { label: t.patterns, choices: patterns },
      { label: t.exactTypes, choices: choices.eventType ?? [] },
    ],
    subscriptionId: [{ choices: choices.subscriptionId ?? [] }],
  }
  return (
    <>
      <FilterInput
        values={valuesOf(search)}
        ignored={ignoredFields(parseSearch(raw), deliveryFilterSearch.parse(parseSearch(raw)))}
        choices={choices}
        onOpen={ask}
        onAdd={(value) => onSearch(addValue(search, value))}
        onRemove={(value) => onSearch(removeValue(search, value))}
        onForgetIgnored={() => onSearch({ ...search })}
      />
      {(['status', 'eventType', 'subscriptionId'] as const).map((field) =>
        pinned[field] ? null : (
          <ValuePicker
            key={field}
            label={t.fields[field]}
            groups={groups[field] ?? []}
            chosen={search[field] ?? []}
            onToggle={(value) => onSearch(toggleValue(search, { field, value }))}
            onOpen={ask}
            searchable={field !== 'status'}
          />
        ),
      )}
      <Time {...props} />
    </>
  )
}

function Time<Search extends DeliveryFilterSearch>({ search, onSearch }: Props<Search>) {
  return (
    <TimeFilter
      value={search}
      lastDefault={lastDefault(search)}
      onChange={({ last, since, until }) => onSearch({ ...search, last, since, until })}
    />
  )
}
