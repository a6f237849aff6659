import { Button, Card, Group, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { type FormEvent, useState, useSyncExternalStore } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import icon from '../ui/icon.svg'
import classes from './standalone-sign-in.module.css'
import type { TokenHolder } from './token-holder.ts'

/** Asks for an API key or a JWT. Lies over the page when a session ended, so that what was typed there stays. */
export function StandaloneSignIn({ tokens }: { tokens: TokenHolder }) {
  const t = useMessages().signIn
  const rejected = useSyncExternalStore(tokens.subscribe, tokens.wasRejected)
  const [token, setToken] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (token.trim()) tokens.set(token.trim())
  }
  return (
    <main className={classes['overlay']}>
      <Card withBorder shadow="md" padding="xl" radius="md" w="min(24rem, 100%)">
        <form onSubmit={submit}>
          <Stack>
            <Group gap="sm">
              <img src={icon} alt="" width="36" height="36" />
              <Title order={1} size="h3">
                {t.title}
              </Title>
            </Group>
            <PasswordInput
              label={t.label}
              description={t.hint}
              error={rejected && t.rejected}
              value={token}
              onChange={(event) => setToken(event.currentTarget.value)}
              autoComplete="off"
              spellCheck={false}
              required
              data-autofocus
            />
            <Button type="submit">{t.submit}</Button>
            <Text size="xs" c="dimmed">
              {t.memory}
            </Text>
          </Stack>
        </form>
      </Card>
    </main>
  )
}
