import { Text } from '@mantine/core'
import type { ApiKeyWithSecret } from '@posthorn/sdk'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { ClockTime } from '../time/clock-time.tsx'
import { LabelledSnippet } from './labelled-snippet.tsx'
import { ShownOnce } from './shown-once.tsx'

/** A key that was made, or rotated: then with the time that the one before has left. */
export function NewApiKey({ created, onClose }: { created: ApiKeyWithSecret; onClose(): void }) {
  const t = useMessages().keys.shown
  const { url } = useAccess()
  const { apiKey, name, previousSecretExpiresAt: until } = created
  const curl = `curl -H 'Authorization: Bearer ${apiKey}' \\\n  ${new URL('v1/session', url).href}`
  return (
    <ShownOnce title={t.keyTitle(name)} onClose={onClose}>
      <LabelledSnippet label={t.key} text={apiKey} />
      {until !== null && (
        <Text size="sm">
          {t.replaceIt} <ClockTime value={until} />
        </Text>
      )}
      <LabelledSnippet label={t.tryIt} text={curl} />
    </ShownOnce>
  )
}
