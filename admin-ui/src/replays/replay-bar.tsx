import { Progress } from '@mantine/core'
import type { ReplayDetail } from '@posthorn/sdk'
import { useMessages } from '../messages/use-messages.ts'
import { percentDone, totalOf } from './progress.ts'

/** Delivered, failed and waiting, of all that is to be sent. */
export function ReplayBar({ replay, size = 8 }: { replay: ReplayDetail; size?: number }) {
  const t = useMessages().replays
  const { succeeded, failed, pending } = replay
  const total = Math.max(totalOf(replay) ?? 0, succeeded + failed + pending, 1)
  const percent = percentDone(replay)
  const parts = [
    { name: t.parts.succeeded, value: succeeded, color: 'var(--ph-chart-good)' },
    { name: t.parts.failed, value: failed, color: 'var(--ph-chart-bad)' },
    { name: t.parts.pending, value: pending, color: 'var(--ph-chart-waiting)' },
  ]
  const label = parts.map(({ name, value }) => `${name}: ${value}`).join(', ')
  return (
    <Progress.Root
      size={size}
      role="img"
      aria-label={percent === undefined ? label : `${t.percent(percent)}. ${label}`}
    >
      {parts.map(({ name, value, color }) => (
        <Progress.Section key={name} value={(value / total) * 100} color={color} withAria={false} />
      ))}
    </Progress.Root>
  )
}
