import { ActionIcon, Group, Tooltip } from '@mantine/core'
import type { ApiKey } from '@posthorn/sdk'
import { RefreshCw } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { useNow } from '../time/use-now.ts'
import { stateOf } from './credential-state.ts'
import { RevokeButton } from './revoke-button.tsx'

export type ApiKeyAction = 'rotate' | 'revoke'

interface Props {
  apiKey: ApiKey
  onAct(action: ApiKeyAction): void
}

/** What is left to do with a key: one that has ended cannot be rotated, and one that was revoked stays so. */
export function ApiKeyActions({ apiKey, onAct }: Props) {
  const t = useMessages().keys.rotate
  const state = stateOf(apiKey, useNow())
  if (state === 'revoked') return null
  return (
    <Group gap={2} wrap="nowrap" flex="none">
      {state !== 'expired' && (
        <Tooltip label={t.open}>
          <ActionIcon aria-label={t.openOf(apiKey.name)} onClick={() => onAct('rotate')}>
            <RefreshCw size={15} />
          </ActionIcon>
        </Tooltip>
      )}
      <RevokeButton name={apiKey.name} onClick={() => onAct('revoke')} />
    </Group>
  )
}
