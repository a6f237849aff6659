import { Group, Text } from '@mantine/core'
import type { AuditEntry } from '@posthorn/sdk'
import { Cog, IdCard, KeyRound, SquareTerminal, Ticket } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'

const icons = {
  api_key: KeyRound,
  portal_token: Ticket,
  jwt: IdCard,
  command_line: SquareTerminal,
  system: Cog,
} as const

const onTheLine = { verticalAlign: 'bottom' }

/** Who did it: by which kind of credential, and what it was called at that time. */
export function Actor({ actorKind, actorId, actorName }: AuditEntry) {
  const t = useMessages().audit
  const Icon = icons[actorKind]
  return (
    <Group
      component="span"
      gap={6}
      wrap="nowrap"
      miw={0}
      display="inline-flex"
      maw="100%"
      style={onTheLine}
    >
      <Icon size={15} role="img" aria-label={t.actorKinds[actorKind]} />
      <Text component="span" size="sm" truncate>
        {actorName ?? actorId ?? `${t.actorKinds.system} ${t.system}`}
      </Text>
    </Group>
  )
}
