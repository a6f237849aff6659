import { Button, Card, Stack, Text, Title } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import type { RenewingTokens } from './renewing-tokens.ts'
import classes from './standalone-sign-in.module.css'

/** Instead of a sign-in form, where the host signs people in. Lies over the page, so that what was typed there stays. */
export function SessionEnded({ tokens }: { tokens: RenewingTokens }) {
  const t = useMessages()
  const end = useSyncExternalStore(tokens.subscribe, tokens.getEnd)
  if (!end) return null
  const { title, text } = t.embedding.ended[end]
  return (
    <div className={classes['overlay']} role="alert">
      <Card withBorder shadow="md" padding="xl" radius="md" w="min(24rem, 100%)">
        <Stack>
          <Title order={2} size="h3">
            {title}
          </Title>
          <Text size="sm">{text}</Text>
          <Button onClick={() => tokens.tryAgain()}>{t.common.retry}</Button>
        </Stack>
      </Card>
    </div>
  )
}
