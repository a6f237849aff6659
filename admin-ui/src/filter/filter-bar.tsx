import { Button, Drawer, Group } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { SlidersHorizontal } from 'lucide-react'
import { memo, useState } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { type DeliveryFilterSearch, lastDefault } from './delivery-filter.ts'
import classes from './filter-bar.module.css'
import { FilterInput } from './filter-input.tsx'
import { addValue, removeValue, toggleValue, valuesOf } from './filter-value.ts'
import { prefixPatterns } from './prefix-patterns.ts'
import { TimeFilter } from './time-filter.tsx'
import { useFilterChoices } from './use-filter-choices.ts'
import { type ChoiceGroup, ValuePicker } from './value-picker.tsx'

/** A filter, and fields of the address that were not understood. */
type FilterSearch = DeliveryFilterSearch & { ignored?: string | undefined }

interface Props<Search extends FilterSearch> {
  search: Search
  onSearch: (search: Search) => void
  /** What nobody can choose here, for it is given. */
  pinned: Partial<DeliveryFilterSearch>
}

/** Which deliveries are meant. */
function Bar<Search extends FilterSearch>(props: Props<Search>) {
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
      <Group gap="xs" grow preventGrowOverflow={false}>
        <Button
          variant="default"
          leftSection={<SlidersHorizontal size={15} aria-hidden />}
          onClick={sheet.open}
        >
          {t.open(valuesOf(props.search).length + (props.search.ignored ? 1 : 0))}
        </Button>
        <Time {...props} />
      </Group>
      <Drawer opened={opened} onClose={sheet.close} position="bottom" size="80%" title={t.label}>
        <Group gap="sm" className={classes['sheet']}>
          <Controls {...props} />
          <Button onClick={sheet.close}>{t.done}</Button>
        </Group>
      </Drawer>
    </>
  )
}

/** Drawn anew only when the filter changes, however often the list does. */
export const FilterBar = memo(Bar) as typeof Bar

function Controls<Search extends FilterSearch>(props: Props<Search>) {
  const { search, onSearch, pinned } = props
  const t = useMessages().filter
  const [asked, setAsked] = useState(false)
  const choices = useFilterChoices(search, pinned, asked)
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
        ignored={search.ignored?.split(',') ?? []}
        choices={choices}
        onOpen={ask}
        onAdd={(value) => onSearch(addValue(search, value))}
        onRemove={(value) => onSearch(removeValue(search, value))}
        onForgetIgnored={() => onSearch({ ...search, ignored: undefined })}
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

function Time<Search extends FilterSearch>({ search, onSearch }: Props<Search>) {
  return (
    <TimeFilter
      value={search}
      lastDefault={lastDefault(search)}
      onChange={({ last, since, until }) => onSearch({ ...search, last, since, until })}
    />
  )
}
