import { HoverCard, Stack, Text } from '@mantine/core'
import dayjs from 'dayjs'
import relativeTime from 'dayjs/plugin/relativeTime.js'
import utc from 'dayjs/plugin/utc.js'
import { useMessages } from '../messages/use-messages.ts'
import { usePreferences } from '../preferences/use-preferences.ts'
import { CopyValue } from '../ui/copy-value.tsx'
import { useNow } from './use-now.ts'

dayjs.extend(relativeTime)
dayjs.extend(utc)

const absolute = 'YYYY-MM-DD HH:mm:ss'
const dayMs = 86_400_000

/** A time as the person likes it; the exact one, to copy, on hover and focus. */
export function Time({ value }: { value: string }) {
  const t = useMessages().common.time
  const time = dayjs(value)
  const exact = [
    [t.local, time.format(`${absolute}.SSS Z`)],
    [t.utc, value],
    [t.unix, String(time.valueOf())],
  ] as const
  return (
    <HoverCard openDelay={400} withinPortal shadow="md">
      <HoverCard.Target>
        <Text component="span" inherit role="button" tabIndex={0}>
          <time dateTime={value}>
            <TimeText value={value} />
          </time>
        </Text>
      </HoverCard.Target>
      <HoverCard.Dropdown p="xs">
        <Stack gap={2}>
          {exact.map(([label, text]) => (
            <Text key={label} size="xs" component="div">
              {label} <CopyValue value={text} />
            </Text>
          ))}
        </Stack>
      </HoverCard.Dropdown>
    </HoverCard>
  )
}

/** The same without anything to hover: for rows of a table. */
export function TimeText({ value }: { value: string }) {
  const [{ time: mode }] = usePreferences()
  const nowMs = useNow()
  return describeTime(value, mode, nowMs)
}

export function describeTime(
  value: string,
  mode: 'relative' | 'local' | 'utc',
  nowMs: number,
): string {
  const time = dayjs(value)
  if (mode === 'utc') return `${time.utc().format(absolute)} UTC`
  if (mode === 'local' || Math.abs(nowMs - time.valueOf()) >= dayMs) return time.format(absolute)
  const seconds = Math.round((time.valueOf() - nowMs) / 1000)
  if (Math.abs(seconds) < 60) return seconds > 0 ? `in ${seconds} s` : `${-seconds} s ago`
  return time.from(nowMs)
}
