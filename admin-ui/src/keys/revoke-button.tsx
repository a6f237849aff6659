import { ActionIcon, Tooltip } from '@mantine/core'
import { Ban } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'

export function RevokeButton({ name, onClick }: { name: string; onClick(): void }) {
  const t = useMessages().keys.revoke
  return (
    <Tooltip label={t.open}>
      <ActionIcon aria-label={t.openOf(name)} onClick={onClick}>
        <Ban size={15} />
      </ActionIcon>
    </Tooltip>
  )
}
