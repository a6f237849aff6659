import { Radio, Stack } from '@mantine/core'
import type { ReactNode } from 'react'

interface Props<Value extends string> {
  label: string
  description?: string
  value: Value
  options: Record<Value, string>
  onChange(value: Value): void
  children?: ReactNode
}

/** One of a few. */
export function Choice<Value extends string>(props: Props<Value>) {
  const { label, description, value, options, onChange, children } = props
  return (
    <Radio.Group
      label={label}
      description={description}
      value={value}
      onChange={(chosen) => onChange(chosen as Value)}
    >
      <Stack gap={6} mt="xs">
        {Object.entries<string>(options).map(([option, text]) => (
          <Radio key={option} value={option} label={text} />
        ))}
        {children}
      </Stack>
    </Radio.Group>
  )
}
