import { Group, Stack } from '@mantine/core'
import type { Event } from '@posthorn/sdk'
import { useMessages } from '../messages/use-messages.ts'
import { Time } from '../time/time.tsx'
import { CopyValue } from '../ui/copy-value.tsx'
import { Facts } from '../ui/facts.tsx'
import { TextLink } from '../ui/links.tsx'

export function EventFacts({ event }: { event: Event }) {
  const t = useMessages()
  const words = t.events.facts
  const { id, entityType, entityId, correlationId, userId, source, createdAt, publishedAt } = event
  const idOf = (label: string, value: string | null) =>
    value === null ? words.none : <CopyValue value={value} label={label} />
  return (
    <Stack gap="sm">
      <Facts
        facts={[
          [words.created, <Time key="created" value={createdAt} />],
          [
            words.published,
            publishedAt ? <Time key="published" value={publishedAt} /> : t.common.none,
          ],
          [words.source, source],
          [`${words.entity}: ${entityType}`, idOf(words.entity, entityId)],
          [words.id, idOf(words.id, id)],
          [words.correlation, idOf(words.correlation, correlationId)],
          [words.user, idOf(words.user, userId)],
        ]}
      />
      <Group gap="md">
        {correlationId && (
          <TextLink size="sm" to="/events" search={{ correlationId, last: 'all' }}>
            {t.events.siblings}
          </TextLink>
        )}
        <TextLink size="sm" to="/events" search={{ entityId, last: 'all' }}>
          {t.events.ofEntity}
        </TextLink>
      </Group>
    </Stack>
  )
}
