import { Paper, Stack, Text } from '@mantine/core'
import type { Subscription } from '@posthorn/sdk'
import { useMessages } from '../../messages/use-messages.ts'
import { useAccess } from '../../session/session-context.ts'
import { CopyValue } from '../../ui/copy-value.tsx'

/** Of one that signs with ed25519, what its receiver needs: nothing of it is secret. */
export function PublicKeyPanel({ subscription }: { subscription: Subscription }) {
  return (
    <Paper withBorder p="md" w="100%">
      <PublicKey subscription={subscription} />
    </Paper>
  )
}

/** The key, and where receivers read it together with those that still sign. */
export function PublicKey({ subscription: { id, publicKey } }: { subscription: Subscription }) {
  const t = useMessages().subscriptionDetail.secret
  const { url } = useAccess()
  const values = [
    ...(publicKey === null ? [] : [[t.publicKey, publicKey] as const]),
    [t.jwks, `${url}.well-known/jwks.json?subscriptionId=${id}`] as const,
  ]
  return (
    <Stack gap="sm">
      {values.map(([label, value]) => (
        <div key={label}>
          <Text size="xs" c="dimmed">
            {label}
          </Text>
          <CopyValue value={value} label={label} />
        </div>
      ))}
    </Stack>
  )
}
