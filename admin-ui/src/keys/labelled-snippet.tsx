import { Stack, Text } from '@mantine/core'
import { Snippet } from '../ui/snippet.tsx'

interface Props {
  label: string
  hint?: string
  text: string
}

export function LabelledSnippet({ label, hint, text }: Props) {
  return (
    <Stack gap={4}>
      <Text size="sm" fw={550}>
        {label}
      </Text>
      {hint && (
        <Text size="xs" c="dimmed">
          {hint}
        </Text>
      )}
      <Snippet label={label} text={text} />
    </Stack>
  )
}
