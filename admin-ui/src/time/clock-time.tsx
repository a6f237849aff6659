import { usePreferences } from '../preferences/use-preferences.ts'
import { describeClock } from './describe-clock.ts'
import { useNow } from './use-now.ts'

/** When something is to happen, or did. */
export function ClockTime({ value }: { value: string }) {
  const [{ time }] = usePreferences()
  return (
    <time dateTime={value} title={value}>
      {describeClock(value, time === 'utc', useNow())}
    </time>
  )
}
