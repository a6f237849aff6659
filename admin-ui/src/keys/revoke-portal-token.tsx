import { Radio, Stack } from '@mantine/core'
import type { PortalToken } from '@posthorn/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { notifyDone } from '../ui/notify.ts'
import { RevokeDialog } from './revoke-dialog.tsx'

/** One token, or all that were made for the same person. */
export function RevokePortalToken({ token, onClose }: { token: PortalToken; onClose(): void }) {
  const t = useMessages().keys
  const { client, organisationId } = useAccess()
  const queries = useQueryClient()
  const { id, subject, prefix } = token
  const [all, setAll] = useState(false)
  const revoke = useMutation({
    mutationFn: async () => {
      if (!all || subject === null) return void (await client.portalTokens.revoke(id))
      return (await client.portalTokens.revokeAll(subject)).revoked
    },
    onSuccess: (revoked) => {
      void queries.invalidateQueries({ queryKey: [organisationId, 'portalTokens'] })
      notifyDone(revoked === undefined ? t.revoke.done : t.revoke.doneAll(revoked))
      onClose()
    },
  })
  const everywhere = organisationId === null ? ` ${t.revoke.everywhere}` : ''
  return (
    <RevokeDialog name={subject ?? prefix} credential={token} revoke={revoke} onClose={onClose}>
      {subject !== null && (
        <Radio.Group
          label={t.revoke.which}
          value={all ? 'all' : 'one'}
          onChange={(which) => setAll(which === 'all')}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="one" label={t.revoke.one} />
            <Radio value="all" label={t.revoke.all(subject) + everywhere} />
          </Stack>
        </Radio.Group>
      )}
    </RevokeDialog>
  )
}
