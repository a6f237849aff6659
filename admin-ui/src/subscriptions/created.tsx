import { Alert, Button, Paper, Stack, Text, Title } from '@mantine/core'
import type { SubscriptionWithSecret } from '@posthorn/sdk'
import { Link } from '@tanstack/react-router'
import { KeyRound } from 'lucide-react'
import { useEffect } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { CopyValue } from '../ui/copy-value.tsx'
import { Page } from '../ui/page.tsx'
import { nameOf } from './describe-subscription.ts'
import { PublicKey } from './secret/public-key-panel.tsx'
import { TestSender } from './test/test-sender.tsx'
import { VerifySnippets } from './verify/verify-snippets.tsx'

/** After a subscription was made: its secret or public key, how to use it, and a first test. */
export function Created({ subscription }: { subscription: SubscriptionWithSecret }) {
  const t = useMessages().subscriptionForm.created
  useEffect(() => {
    // The button that was pressed is gone.
    document.getElementById('page-title')?.focus()
  }, [])
  return (
    <Page
      title={t.title}
      description={nameOf(subscription)}
      actions={
        <Button
          variant="default"
          renderRoot={(props) => (
            <Link {...props} to="/subscriptions/$id" params={{ id: subscription.id }} />
          )}
        >
          {t.open}
        </Button>
      }
    >
      <Stack gap="lg" maw="52rem">
        {subscription.mode === 'pull' ? (
          <Alert variant="light" icon={<KeyRound />} title={t.pull}>
            <CopyValue value={subscription.id} label={t.id} />
          </Alert>
        ) : (
          <Signed subscription={subscription} />
        )}
        <Stack gap="xs" component="section">
          <Title order={2} size="h4">
            {t.firstTest}
          </Title>
          <Paper withBorder p="md">
            <TestSender subscription={subscription} />
          </Paper>
        </Stack>
      </Stack>
    </Page>
  )
}

function Signed({ subscription }: { subscription: SubscriptionWithSecret }) {
  const t = useMessages().subscriptionForm.created
  const { secret, signing } = subscription
  return (
    <>
      {secret === null ? (
        <Alert variant="light" icon={<KeyRound />} title={t.keyText}>
          <PublicKey subscription={subscription} />
        </Alert>
      ) : (
        <Alert variant="light" icon={<KeyRound />} title={t.text}>
          <Stack gap="xs">
            <CopyValue value={secret} label={t.secret} />
            <Text size="sm">{t.shownOnce}</Text>
          </Stack>
        </Alert>
      )}
      <Stack gap="xs" component="section">
        <Title order={2} size="h4">
          {t.verify}
        </Title>
        <VerifySnippets signing={signing} />
      </Stack>
    </>
  )
}
