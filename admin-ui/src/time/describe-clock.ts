import dayjs from 'dayjs'
import utc from 'dayjs/plugin/utc.js'

dayjs.extend(utc)

const weekMs = 6 * 86_400_000

/** `14:20:03`, on another day of the week `Tue 14:20`, else with its date. */
export function describeClock(value: string, inUtc: boolean, nowMs: number): string {
  const time = inUtc ? dayjs.utc(value) : dayjs(value)
  const now = inUtc ? dayjs.utc(nowMs) : dayjs(nowMs)
  const suffix = inUtc ? ' UTC' : ''
  if (time.isSame(now, 'day')) return `${time.format('HH:mm:ss')}${suffix}`
  if (Math.abs(time.diff(now)) < weekMs) return `${time.format('ddd HH:mm')}${suffix}`
  return `${time.format('YYYY-MM-DD HH:mm')}${suffix}`
}
