import { useCallback } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import type { FilterValue } from './filter-value.ts'
import { useSubscriptionNames } from './use-subscription-names.ts'

/** What people call a value: of a subscription its name, of an outcome the words for it. */
export function useValueLabel(): (one: FilterValue) => string {
  const t = useMessages()
  const { nameOf } = useSubscriptionNames()
  return useCallback(
    ({ field, value }) => {
      if (field === 'subscriptionId') return nameOf(value)
      if (field === 'status') return t.statuses[value as keyof typeof t.statuses] ?? value
      if (field === 'outcome') return t.outcomes[value] ?? value
      return field === 'trigger' ? (t.triggers[value] ?? value) : value
    },
    [t, nameOf],
  )
}
