import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { LabelledSnippet } from './labelled-snippet.tsx'
import { ShownOnce } from './shown-once.tsx'

export function NewApiKey({ apiKey, onClose }: { apiKey: string; onClose(): void }) {
  const t = useMessages().keys.shown
  const { url } = useAccess()
  const curl = `curl -H 'Authorization: Bearer ${apiKey}' \\\n  ${new URL('v1/session', url).href}`
  return (
    <ShownOnce title={t.keyTitle} onClose={onClose}>
      <LabelledSnippet label={t.key} text={apiKey} />
      <LabelledSnippet label={t.tryIt} text={curl} />
    </ShownOnce>
  )
}
