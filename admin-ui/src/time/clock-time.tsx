import dayjs from 'dayjs'
import utc from 'dayjs/plugin/utc.js'
import { usePreferences } from '../preferences/use-preferences.ts'
import { useNow } from './use-now.ts'

dayjs.extend(utc)

/** When something is to happen, or did: `14:20:03`, on another day `Tue 14:20`. */
export function ClockTime({ value }: { value: string }) {
  const [{ time }] = usePreferences()
  return (
    <time dateTime={value} title={value}>
      {describeClock(value, time === 'utc', useNow())}
    </time>
  )
}

const weekMs = 6 * 86_400_000

export function describeClock(value: string, inUtc: boolean, nowMs: number): string {
  const time = inUtc ? dayjs.utc(value) : dayjs(value)
  const now = inUtc ? dayjs.utc(nowMs) : dayjs(nowMs)
  const suffix = inUtc ? ' UTC' : ''
  if (time.isSame(now, 'day')) return `${time.format('HH:mm:ss')}${suffix}`
  if (Math.abs(time.diff(now)) < weekMs) return `${time.format('ddd HH:mm')}${suffix}`
  return `${time.format('YYYY-MM-DD HH:mm')}${suffix}`
}
