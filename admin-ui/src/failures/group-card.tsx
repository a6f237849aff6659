import { Group, Text } from '@mantine/core'
import type { FailureGroup } from '@posthorn/sdk'
import { useMessages } from '../messages/use-messages.ts'
import { TimeText } from '../time/time.tsx'
import { FailureLabel } from './group-columns.tsx'

/** A group where there is no room for columns. */
export function GroupCard({ group, name }: { group: FailureGroup; name: string }) {
  const t = useMessages()
  return (
    <>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <FailureLabel group={group} t={t} />
        <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
          <TimeText value={group.newestAt} />
        </Text>
      </Group>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" truncate>
          {name}
        </Text>
        <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
          {t.failures.counts(group.failed, group.pending)}
        </Text>
      </Group>
    </>
  )
}
