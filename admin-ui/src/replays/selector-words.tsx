import { Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useSubscriptionNames } from '../filter/use-subscription-names.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useNow } from '../time/use-now.ts'
import { describeRange } from './describe-range.ts'
import { describeFilter } from './describe-selector.ts'
import type { Selector } from './replay-input.ts'

/** What was selected, as a sentence, and from when to when. */
export function SelectorWords({ selector }: { selector: Selector }) {
  const t = useMessages()
  const [openedAtMs] = useState(useNow())
  const { nameOf: name } = useSubscriptionNames()
  if ('deliveryIds' in selector) {
    return <Text fw={550}>{t.replays.selector.selected(selector.deliveryIds.length)}</Text>
  }
  return (
    <Stack gap={2}>
      <Text fw={550} style={{ overflowWrap: 'anywhere' }}>
        {describeFilter(selector.filter, t, name)}
      </Text>
      {!selector.filter.eventId && (
        <Text size="sm" c="dimmed">
          {describeRange(selector.filter, t.replays.ranges, openedAtMs)}
        </Text>
      )}
    </Stack>
  )
}
