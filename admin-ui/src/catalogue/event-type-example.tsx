import { Stack, Text, Title } from '@mantine/core'
import { CodeView } from '../code/code-view.tsx'
import { useMessages } from '../messages/use-messages.ts'

export function EventTypeExample({ json }: { json: string | undefined }) {
  const t = useMessages().catalogue
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {t.example}
      </Title>
      {json ? (
        <CodeView text={json} language="json" label={t.example} />
      ) : (
        <Text size="sm">{t.noExample}</Text>
      )}
    </Stack>
  )
}
