import { Alert, Text } from '@mantine/core'
import type { ApiKey } from '@posthorn/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { notifyDone } from '../ui/notify.ts'
import { RevokeDialog } from './revoke-dialog.tsx'

export function RevokeApiKey({ apiKey, onClose }: { apiKey: ApiKey; onClose(): void }) {
  const t = useMessages().keys.revoke
  const { client, organisationId, session, signOut } = useAccess()
  const queries = useQueryClient()
  const isOwn = session.id === apiKey.id
  const revoke = useMutation({
    mutationFn: () => client.apiKeys.revoke(apiKey.id),
    onSuccess: () => {
      if (isOwn) return signOut()
      void queries.invalidateQueries({ queryKey: [organisationId, 'apiKeys'] })
      notifyDone(t.done)
      onClose()
    },
  })
  return (
    <RevokeDialog name={apiKey.name} credential={apiKey} revoke={revoke} onClose={onClose}>
      {isOwn && (
        <Alert icon={<TriangleAlert />} color="red" variant="light">
          <Text size="sm">{t.own}</Text>
        </Alert>
      )}
    </RevokeDialog>
  )
}
