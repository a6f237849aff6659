import { Button, Stack, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { Subscription } from '@posthorn/sdk'
import { RefreshCw } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { PublicKeyPanel } from './secret/public-key-panel.tsx'
import { RotateDialog } from './secret/rotate-dialog.tsx'
import { SecretPanel } from './secret/secret-panel.tsx'
import { useSecret } from './secret/use-secret.ts'
import { useSubscription } from './use-subscription.ts'
import { VerifySnippets } from './verify/verify-snippets.tsx'

export function SubscriptionSecretTab() {
  const { data } = useSubscription()
  return data ? <Secret key={data.id} subscription={data} /> : null
}

function Secret({ subscription }: { subscription: Subscription }) {
  const { id, signing } = subscription
  const all = useMessages().subscriptionDetail.secret
  const t = all[signing]
  const secret = useSecret(id)
  const [rotating, dialog] = useDisclosure()
  return (
    <Stack gap="lg" maw="52rem">
      <Stack gap="sm" component="section" align="flex-start">
        <Title order={2} size="h4">
          {t.title}
        </Title>
        <Text size="sm" c="dimmed">
          {t.text}
        </Text>
        {signing === 'ed25519' ? (
          <PublicKeyPanel subscription={subscription} />
        ) : (
          <SecretPanel secret={secret} />
        )}
        <Button variant="default" leftSection={<RefreshCw size={15} />} onClick={dialog.open}>
          {all.rotate}
        </Button>
      </Stack>
      <Stack gap="xs" component="section">
        <Title order={2} size="h4">
          {all.verify}
        </Title>
        <VerifySnippets signing={signing} />
      </Stack>
      {rotating && (
        <RotateDialog signing={signing} onClose={dialog.close} onConfirm={secret.rotate} />
      )}
    </Stack>
  )
}
