import { Stack } from '@mantine/core'
import type { EventType } from '@posthorn/sdk'
import { useMessages } from '../messages/use-messages.ts'
import { useCan } from '../session/session-context.ts'
import { Time } from '../time/time.tsx'
import { Facts } from '../ui/facts.tsx'
import { TextLink } from '../ui/links.tsx'
import { useVolumes } from './use-volumes.ts'

export function EventTypeFacts({ type }: { type: EventType }) {
  const t = useMessages()
  const words = t.catalogue
  const can = useCan()
  const { data: volumes } = useVolumes()
  const { succeeded = 0, failed = 0 } = volumes?.get(type.name) ?? {}
  const volume =
    succeeded + failed === 0
      ? words.noneSent
      : `${words.volume(succeeded + failed)}, ${words.failed(failed)}`
  return (
    <Stack gap="sm">
      <Facts
        facts={[
          [words.facts.entity, type.entityType],
          [words.facts.version, type.version],
          [words.facts.validation, words.validations[type.validation]],
          ...(volumes ? ([[words.volumeTitle, volume]] as const) : []),
          [words.facts.created, <Time key="created" value={type.createdAt} />],
          [words.facts.updated, <Time key="updated" value={type.updatedAt} />],
        ]}
      />
      {can('events:read') && (
        <TextLink size="sm" to="/events" search={{ eventType: type.name }}>
          {words.events}
        </TextLink>
      )}
    </Stack>
  )
}
