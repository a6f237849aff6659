import { Button, Stack, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { RefreshCw } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { RotateDialog } from './secret/rotate-dialog.tsx'
import { SecretPanel } from './secret/secret-panel.tsx'
import { useSecret } from './secret/use-secret.ts'
import { useSubscription } from './use-subscription.ts'
import { VerifySnippets } from './verify/verify-snippets.tsx'

export function SubscriptionSecretTab() {
  const { data } = useSubscription()
  return data ? <Secret key={data.id} id={data.id} /> : null
}

function Secret({ id }: { id: string }) {
  const t = useMessages().subscriptionDetail.secret
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
        <SecretPanel secret={secret} />
        <Button variant="default" leftSection={<RefreshCw size={15} />} onClick={dialog.open}>
          {t.rotate}
        </Button>
      </Stack>
      <Stack gap="xs" component="section">
        <Title order={2} size="h4">
          {t.verify}
        </Title>
        <VerifySnippets />
      </Stack>
      {rotating && <RotateDialog onClose={dialog.close} onConfirm={secret.rotate} />}
    </Stack>
  )
}
