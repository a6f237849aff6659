import { JsonInput } from '@mantine/core'

interface Props {
  label: string
  value: string
  onChange(value: string): void
  invalid: boolean
}

export function JsonField({ label, value, onChange, invalid }: Props) {
  return (
    <JsonInput
      aria-label={label}
      value={value}
      onChange={onChange}
      error={invalid}
      formatOnBlur
      autosize
      minRows={6}
      maxRows={24}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
    />
  )
}
