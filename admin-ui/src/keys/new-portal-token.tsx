import { Button } from '@mantine/core'
import type { PortalTokenWithSecret } from '@posthorn/sdk'
import { ExternalLink } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { LabelledSnippet } from './labelled-snippet.tsx'
import { ShownOnce } from './shown-once.tsx'

interface Props {
  created: PortalTokenWithSecret
  onClose(): void
}

export function NewPortalToken({ created, onClose }: Props) {
  const t = useMessages().keys.shown
  const { url } = useAccess()
  const { token, createdAt, expiresAt } = created
  // In the fragment, which no server and no log ever sees.
  const link = new URL(`admin/#token=${token}`, url).href
  const minutes = Math.round((Date.parse(expiresAt) - Date.parse(createdAt)) / 60_000)
  return (
    <ShownOnce
      title={t.linkTitle}
      onClose={onClose}
      action={
        <Button
          component="a"
          href={link}
          target="_blank"
          rel="noreferrer"
          variant="default"
          leftSection={<ExternalLink size={16} />}
        >
          {t.open}
        </Button>
      }
    >
      <LabelledSnippet label={t.link} hint={t.linkHint(minutes)} text={link} />
      <LabelledSnippet label={t.token} hint={t.tokenHint} text={token} />
    </ShownOnce>
  )
}
