import { Checkbox, Group, NumberInput, Text } from '@mantine/core'
import { useState } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { describeDuration } from '../time/duration.ts'

export const rateDefault = 20
const rateMax = 10_000

interface Props {
  /** Deliveries per second; null for as fast as it goes. */
  value: number | null
  onChange(rate: number | null): void
  /** How many there are to send, to say how long it takes. */
  willSend: number
}

export function RateChoice({ value, onChange, willSend }: Props) {
  const t = useMessages().replays
  const [last, setLast] = useState(rateDefault)
  const change = (rate: number | string) => {
    const rounded = Math.min(rateMax, Math.max(1, Math.round(Number(rate) || 1)))
    setLast(rounded)
    onChange(rounded)
  }
  const takesMs = value === null ? undefined : Math.ceil(willSend / value) * 1000
  return (
    <div>
      <Group align="flex-end" gap="md">
        <NumberInput
          label={t.rate}
          w={210}
          min={1}
          max={rateMax}
          allowDecimal={false}
          disabled={value === null}
          value={value ?? last}
          onChange={change}
        />
        <Checkbox
          mb={8}
          label={t.unlimited}
          checked={value === null}
          onChange={(event) => onChange(event.currentTarget.checked ? null : last)}
        />
      </Group>
      <Text size="sm" c="dimmed" mt={4}>
        {takesMs === undefined ? t.rateHint : t.takes(describeDuration(takesMs))}
      </Text>
    </div>
  )
}
