import { Anchor, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { describeBytes } from '../ui/describe-bytes.ts'
import { Snippet } from '../ui/snippet.tsx'

interface Props {
  headers: Readonly<Record<string, string>>
  body: string | null
}

const libraries = 'https://www.standardwebhooks.com'

/** What the signature is made of, so that somebody whose check fails sees where it goes wrong. */
export function SignatureTab({ headers, body }: Props) {
  const t = useMessages().delivery.signature
  const signature = headers['webhook-signature'] ?? ''
  const many = signature.split(' ').length
  const size = body === null ? '' : describeBytes(new TextEncoder().encode(body).length)
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${t.bodyHere(size)}`
  return (
    <Stack gap="md">
      <Part title={t.signed} text={t.signedText}>
        <Snippet text={signed} label={t.signed} />
      </Part>
      <Part title={t.value} text={many > 1 ? t.several(many) : t.one}>
        <Snippet text={signature.split(' ').join('\n')} label={t.value} />
      </Part>
      <Anchor href={libraries} target="_blank" rel="noreferrer" size="sm">
        {t.docs}
      </Anchor>
    </Stack>
  )
}

function Part({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <Stack gap={4} component="section">
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <Text size="sm" c="dimmed">
        {text}
      </Text>
      {children}
    </Stack>
  )
}
