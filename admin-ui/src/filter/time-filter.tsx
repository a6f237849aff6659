import { Button, Divider, Group, Popover, Stack, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import dayjs from 'dayjs'
import { CalendarClock } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { Messages } from '../messages/use-messages.ts'
import { useMessages } from '../messages/use-messages.ts'
import { type LastRange, lastRanges, type TimeRange, toBounds } from './time-range.ts'

interface Props {
  value: TimeRange
  onChange: (range: TimeRange) => void
  /** What holds when nothing is chosen. */
  lastDefault?: LastRange
  /** Those to choose from. */
  ranges?: readonly LastRange[]
}

const shown = 'MMM D, HH:mm'
/** As `<input type="datetime-local">` has it. */
const typed = 'YYYY-MM-DDTHH:mm'

export function describeRange(range: TimeRange, lastDefault: LastRange, t: Messages): string {
  const from = range.since && dayjs(range.since).format(shown)
  const to = range.until && dayjs(range.until).format(shown)
  if (from && to) return t.filter.range(from, to)
  if (from) return t.filter.rangeFrom(from)
  if (to) return t.filter.rangeTo(to)
  return t.ranges[range.last ?? lastDefault]
}

/** Which time: the last so long, or from one moment to another. */
export function TimeFilter(props: Props) {
  const { value, onChange, lastDefault = '24h', ranges = lastRanges } = props
  const t = useMessages()
  const [opened, popover] = useDisclosure()
  const choose = (range: TimeRange) => {
    onChange(range)
    popover.close()
  }
  const relative = !value.since && !value.until
  const freeze = () =>
    choose({
      ...toBounds(value, Date.now(), lastDefault),
      until: new Date().toISOString(),
    })
  return (
    <Popover
      opened={opened}
      onChange={popover.toggle}
      position="bottom-end"
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<CalendarClock size={15} aria-hidden />}
          onClick={popover.toggle}
          aria-label={t.filter.chip(t.filter.time, describeRange(value, lastDefault, t))}
        >
          {describeRange(value, lastDefault, t)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="sm">
        <Group align="flex-start" gap="md" maw="min(30rem, 85vw)">
          <Stack gap={2}>
            {ranges.map((last) => (
              <Button
                key={last}
                variant={relative && last === (value.last ?? lastDefault) ? 'light' : 'subtle'}
                color="gray"
                size="compact-sm"
                justify="flex-start"
                aria-pressed={relative && last === (value.last ?? lastDefault)}
                onClick={() => choose({ last: last === lastDefault ? undefined : last })}
              >
                {t.ranges[last]}
              </Button>
            ))}
          </Stack>
          <Divider orientation="vertical" visibleFrom="xs" />
          <Stack gap="sm" flex={1}>
            <FixedRange value={value} onChange={choose} />
            {relative && (value.last ?? lastDefault) !== 'all' && (
              <Stack gap={2} align="flex-start">
                <Button variant="default" size="xs" onClick={freeze}>
                  {t.filter.freeze}
                </Button>
                <Text size="xs" c="dimmed" maw="14rem">
                  {t.filter.freezeHint}
                </Text>
              </Stack>
            )}
          </Stack>
        </Group>
      </Popover.Dropdown>
    </Popover>
  )
}

function FixedRange({ value, onChange }: Pick<Props, 'value' | 'onChange'>) {
  const t = useMessages().filter
  const [from, setFrom] = useState(value.since ? dayjs(value.since).format(typed) : '')
  const [to, setTo] = useState(value.until ? dayjs(value.until).format(typed) : '')
  const iso = (text: string) => (text === '' ? undefined : dayjs(text).toISOString())
  const invalid = from !== '' && to !== '' && from >= to
  const apply = (event: FormEvent) => {
    event.preventDefault()
    if (!invalid) onChange({ since: iso(from), until: iso(to) })
  }
  const field = { type: 'datetime-local', size: 'xs' }
  return (
    <Stack component="form" gap="xs" onSubmit={apply}>
      <TextInput
        {...field}
        label={t.from}
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput
        {...field}
        label={t.to}
        value={to}
        error={invalid && t.rangeInvalid}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" disabled={from === '' && to === ''}>
        {t.apply}
      </Button>
    </Stack>
  )
}
