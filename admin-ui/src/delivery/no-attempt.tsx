import { Stack, Text } from '@mantine/core'
import type { DeliveryDetail } from '@posthorn/sdk'
import { useMessages } from '../messages/use-messages.ts'
import { RequestBody } from './request-body.tsx'

/** Nothing was sent yet, but what will be is known. */
export function NoAttempt({ delivery }: { delivery: DeliveryDetail }) {
  const t = useMessages()
  const isPending = delivery.status === 'pending'
  const key = delivery.lastOutcome as keyof typeof t.explanations | null
  const why = key && key in t.explanations ? t.explanations[key] : undefined
  return (
    <Stack gap="sm">
      <Text size="sm" fw={600}>
        {isPending ? t.delivery.attempt.none : t.delivery.attempt.noneFinished}
      </Text>
      <Text size="sm" c="dimmed">
        {isPending ? t.delivery.attempt.noneText : (why?.next ?? delivery.lastError)}
      </Text>
      <RequestBody body={delivery.requestBody} />
    </Stack>
  )
}
