import { Button, Group } from '@mantine/core'
import type { AuditEntry } from '@posthorn/sdk'
import { ListFilter } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { Time } from '../time/time.tsx'
import { CopyValue } from '../ui/copy-value.tsx'
import { FactList } from '../ui/fact-list.tsx'
import { Actor } from './actor.tsx'
import type { ValueFilter } from './columns.tsx'
import { TargetLink } from './target-link.tsx'

interface Props {
  entry: AuditEntry
  onFilter(filter: ValueFilter): void
}

export function EntryFacts({ entry, onFilter }: Props) {
  const t = useMessages().audit
  const { action, actorId, targetId, ipAddress, userAgent, requestId, id, createdAt } = entry
  const unknown = t.entry.unknown
  const filters: (readonly [string, ValueFilter])[] = [
    [t.entry.same.action, { action }],
    ...(actorId === null ? [] : [[t.entry.same.actor, { actorId }] as const]),
    [t.entry.same.target, { targetId }],
  ]
  return (
    <>
      <FactList
        facts={[
          [t.columns.time, <Time key="time" value={createdAt} />],
          [t.columns.actor, <Actor key="actor" {...entry} />],
          [t.columns.target, <TargetLink key="target" entry={entry} />],
          [t.entry.targetId, <CopyValue key="targetId" value={targetId} />],
          [t.entry.ipAddress, ipAddress ? <CopyValue key="ip" value={ipAddress} /> : unknown],
          [t.entry.userAgent, userAgent ?? unknown],
          [t.entry.requestId, requestId ? <CopyValue key="request" value={requestId} /> : unknown],
          [t.entry.id, <CopyValue key="id" value={id} />],
        ]}
      />
      <Group gap="xs">
        {filters.map(([label, filter]) => (
          <Button
            key={label}
            size="compact-sm"
            variant="default"
            leftSection={<ListFilter size={14} />}
            onClick={() => onFilter(filter)}
          >
            {label}
          </Button>
        ))}
      </Group>
    </>
  )
}
