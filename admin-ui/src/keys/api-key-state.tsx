import { Group, Text } from '@mantine/core'
import type { ApiKey } from '@posthorn/sdk'
import { useMessages } from '../messages/use-messages.ts'
import { describeDuration } from '../time/duration.ts'
import { useNow } from '../time/use-now.ts'
import { previousUntil } from './credential-state.ts'
import { CredentialStateLabel } from './state-label.tsx'

/** A week to put another one where it is used. */
const soonMs = 7 * 86_400_000

/** Whether it is good, and how long the key as it was before its rotation still is. */
export function ApiKeyState({ apiKey }: { apiKey: ApiKey }) {
  const t = useMessages().keys
  const nowMs = useNow()
  const until = previousUntil(apiKey, nowMs)
  const { expiresAt, revokedAt } = apiKey
  return (
    <Group component="span" gap={8} wrap="nowrap" flex="none" display="inline-flex">
      <CredentialStateLabel expiresAt={expiresAt} revokedAt={revokedAt} soonMs={soonMs} />
      {until !== undefined && (
        <Text component="span" size="xs" c="dimmed" title={t.previousHint(until)}>
          {t.previousLeft(describeDuration(Date.parse(until) - nowMs))}
        </Text>
      )}
    </Group>
  )
}
