import { VisuallyHidden } from '@mantine/core'
import { useNow } from './use-now.ts'

/** The time that is left, by the server's clock. Read aloud once as the time itself, not at every tick. */
export function Countdown({ until, past }: { until: string; past: string }) {
  const seconds = Math.ceil((Date.parse(until) - useNow()) / 1000)
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)]
  const clock = [...(hours > 0 ? [hours] : []), minutes, seconds % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':')
  if (seconds <= 0) return past
  return (
    <>
      <span aria-hidden="true">{clock}</span>
      <VisuallyHidden>{until}</VisuallyHidden>
    </>
  )
}
