import { List } from '@mantine/core'
import type { ReplaySkipped } from '@posthorn/sdk'
import { useMessages } from '../messages/use-messages.ts'

type Reason = keyof ReplaySkipped

export function skippedReasons(skipped: ReplaySkipped): [Reason, number][] {
  const reasons = Object.entries(skipped) as [Reason, number][]
  return reasons.filter(([, many]) => many > 0)
}

/** How many were left alone, reason by reason. */
export function SkippedReasons({ skipped }: { skipped: ReplaySkipped }) {
  const t = useMessages().replays
  const reasons = skippedReasons(skipped)
  if (reasons.length === 0) return null
  return (
    <List size="sm" spacing={2}>
      {reasons.map(([reason, many]) => (
        <List.Item key={reason}>{t.skippedReason(many, t.skipped[reason])}</List.Item>
      ))}
    </List>
  )
}
