import { Box, Group, Stack, Text } from '@mantine/core'
import type { Attempt } from '@posthorn/sdk'
import { useMessages } from '../messages/use-messages.ts'
import { CopyValue } from '../ui/copy-value.tsx'
import { HeadersTable } from './headers-table.tsx'
import { RequestBody } from './request-body.tsx'

interface Props {
  request: Attempt['request']
  body: string | null
}

export function RequestTab({ request, body }: Props) {
  const t = useMessages().delivery
  return (
    <Stack gap="md">
      {request && (
        <Group gap="xs" wrap="nowrap">
          <Text size="xs" fw={700} ff="monospace">
            {t.attempt.method}
          </Text>
          <Box miw={0}>
            <CopyValue value={request.url} label={t.attempt.url} />
          </Box>
        </Group>
      )}
      <RequestBody body={body} />
      {request && <HeadersTable headers={request.headers} title={t.headers.request} />}
    </Stack>
  )
}
