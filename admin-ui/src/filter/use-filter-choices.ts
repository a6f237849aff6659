import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useAccess } from '../session/session-context.ts'
import { type DeliveryFilterSearch, toDeliveryFilter } from './delivery-filter.ts'
import { type FilterField, knownValues } from './filter-value.ts'
import type { Choice, ChoicesOf } from './suggest.ts'
import type { TimeRange } from './time-range.ts'
import { useEventTypes } from './use-event-types.ts'
import { useSubscriptionNames } from './use-subscription-names.ts'
import { useValueLabel } from './use-value-label.ts'

/** What can be chosen for each field: what occurs in this time, with its counts, and what is known beforehand. */
export function useFilterChoices(
  { last, since, until }: TimeRange,
  pinned: Partial<DeliveryFilterSearch>,
  enabled: boolean,
): ChoicesOf {
  const { client, organisationId } = useAccess()
  const labelOf = useValueLabel()
  const { names } = useSubscriptionNames()
  const range = { last, since, until, ...pinned }
  const facets = useQuery({
    queryKey: [organisationId, 'deliveries', 'facets', range],
    queryFn: () => client.deliveries.facets(toDeliveryFilter(range, Date.now())),
    staleTime: 30_000,
    enabled,
  })
  // Who may not read the catalogue still sees what occurs.
  const types = useEventTypes(enabled)
  return useMemo(() => {
    const found = facets.data
    const choices = (
      field: FilterField,
      counted: readonly { value: string | number; count: number }[] = [],
      others: readonly string[] = knownValues[field] ?? [],
    ): Choice[] => {
      const counts = new Map(counted.map(({ value, count }) => [String(value), count]))
      const values = new Set([...counts.keys(), ...others])
      return [...values].map((value) => ({
        value,
        label: labelOf({ field, value }),
        count: counts.get(value),
      }))
    }
    return {
      status: choices('status', found?.status),
      eventType: choices(
        'eventType',
        found?.eventType,
        types.data?.map(({ name }) => name),
      ),
      subscriptionId: choices('subscriptionId', found?.subscriptionId, [...(names?.keys() ?? [])]),
      statusCode: choices('statusCode', found?.statusCode),
      outcome: choices('outcome', found?.outcome),
      trigger: choices('trigger'),
    }
  }, [facets.data, types.data, names, labelOf])
}
