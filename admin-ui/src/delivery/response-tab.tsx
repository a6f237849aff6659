import { Stack, Text } from '@mantine/core'
import type { Attempt } from '@posthorn/sdk'
import { useMessages } from '../messages/use-messages.ts'
import { BodyView } from './body-view.tsx'
import { changesOf } from './changes.ts'
import { HeadersTable } from './headers-table.tsx'

interface Props {
  response: Attempt['response']
  before: Attempt | undefined
}

export function ResponseTab({ response, before }: Props) {
  const t = useMessages().delivery
  if (!response) {
    return (
      <Text size="sm" c="dimmed">
        {t.attempt.noResponse}
      </Text>
    )
  }
  return (
    <Stack gap="md">
      {before?.response && (
        <Comparison number={before.number} changes={changesOf(response, before.response)} />
      )}
      <BodyView
        body={response.body}
        encoding={response.bodyEncoding}
        contentType={response.headers['content-type']}
        label={t.body.response}
        truncated={response.truncated}
      />
      <HeadersTable headers={response.headers} title={t.headers.response} />
    </Stack>
  )
}

function Comparison({
  number,
  changes,
}: {
  number: number
  changes: ReturnType<typeof changesOf>
}) {
  const t = useMessages().delivery.attempt
  const parts = changes.map((part) => t.changes[part]).join(', ')
  return (
    <Text size="xs" c="dimmed">
      {parts === '' ? t.sameAsBefore(number) : t.changed(number, parts)}
    </Text>
  )
}
