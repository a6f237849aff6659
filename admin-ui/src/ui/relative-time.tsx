import { useNow } from './use-now.ts'

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' })
const absolute = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' })

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

interface Props {
  value: string
  /** Said instead once the time has come. */
  past?: string
}

/** "3 min. ago", with the exact time as title. */
export function RelativeTime({ value, past }: Props) {
  const seconds = Math.round((Date.parse(value) - useNow()) / 1000)
  return (
    <time dateTime={value} title={absolute.format(new Date(value))}>
      {past !== undefined && seconds <= 0 ? past : describe(seconds)}
    </time>
  )
}

function describe(seconds: number): string {
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit)
  }
  return relative.format(seconds, 'second')
}
