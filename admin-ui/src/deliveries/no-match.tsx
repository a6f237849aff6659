import { Button, Group, Stack } from '@mantine/core'
import { FilterX } from 'lucide-react'
import type { ReactNode } from 'react'
import { type DeliveryFilterSearch, lastDefault } from '../filter/delivery-filter.ts'
import { removeValue, valuesOf } from '../filter/filter-value.ts'
import { lastRanges } from '../filter/time-range.ts'
import { useValueLabel } from '../filter/use-value-label.ts'
import { useMessages } from '../messages/use-messages.ts'
import { EmptyState } from '../ui/empty-state.tsx'

interface Props<Search extends DeliveryFilterSearch> {
  search: Search
  onSearch: (search: Search) => void
  /** How far the search came, when it stopped. */
  footer: ReactNode
}

/** Nothing matches: which filter to do without, and how to look further back. */
export function NoMatch<Search extends DeliveryFilterSearch>(props: Props<Search>) {
  const { search, onSearch, footer } = props
  const t = useMessages()
  const labelOf = useValueLabel()
  const fixed = search.since !== undefined || search.until !== undefined
  const range = search.last ?? lastDefault(search)
  const wider = fixed ? 'all' : lastRanges[lastRanges.indexOf(range) + 1]
  return (
    <EmptyState
      icon={<FilterX />}
      title={t.deliveries.noMatch.title}
      text={t.deliveries.noMatch.text}
    >
      <Stack align="center">
        <Group justify="center" gap="xs">
          {wider && (
            <Button
              onClick={() =>
                onSearch({ ...search, last: wider, since: undefined, until: undefined })
              }
            >
              {t.deliveries.noMatch.widen(t.ranges[wider])}
            </Button>
          )}
          {valuesOf(search).map((one) => (
            <Button
              key={`${one.field}:${one.value}`}
              variant="default"
              onClick={() => onSearch(removeValue(search, one))}
            >
              {t.filter.removeChip(t.filter.chip(t.filter.fields[one.field], labelOf(one)))}
            </Button>
          ))}
        </Group>
        {footer}
      </Stack>
    </EmptyState>
  )
}
