import { Text } from '@mantine/core'
import type { AuditEntry } from '@posthorn/sdk'
import { useOrganisationNames } from '../filter/use-organisation-names.ts'
import type { Column } from '../grid/columns.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { TimeText } from '../time/time.tsx'
import { Actor } from './actor.tsx'
import { FilterValue } from './filter-value.tsx'
import { TargetLink } from './target-link.tsx'

/** What a click on a value asks for. */
export interface ValueFilter {
  action?: string
  actorId?: string
  targetId?: string
}

export function useAuditColumns(onFilter: (filter: ValueFilter) => void): Column<AuditEntry>[] {
  const t = useMessages()
  const { columns, entry, actions, platform } = t.audit
  const { session, organisationId } = useAccess()
  const nameOf = useOrganisationNames()
  const organisation: Column<AuditEntry> = {
    id: 'organisation',
    header: columns.organisation,
    width: 'minmax(8rem, 1fr)',
    gridWidthMin: 850,
    render: (row) => (
      <Text size="sm" truncate>
        {row.organisationId === null ? platform : nameOf(row.organisationId)}
      </Text>
    ),
  }
  return [
    {
      id: 'time',
      header: columns.time,
      width: '11rem',
      render: ({ createdAt }) => <TimeText value={createdAt} />,
    },
    {
      id: 'actor',
      header: columns.actor,
      width: 'minmax(9rem, 1fr)',
      render: (row) => {
        const { actorId } = row
        return actorId === null ? (
          <Actor {...row} />
        ) : (
          <FilterValue hint={entry.same.actor} onClick={() => onFilter({ actorId })}>
            <Actor {...row} />
          </FilterValue>
        )
      },
    },
    {
      id: 'action',
      header: columns.action,
      width: 'minmax(10rem, 1fr)',
      render: ({ action }) => (
        <FilterValue hint={entry.same.action} onClick={() => onFilter({ action })}>
          {actions[action] ?? action}
        </FilterValue>
      ),
    },
    {
      id: 'target',
      header: columns.target,
      width: 'minmax(10rem, 1fr)',
      render: (row) => <TargetLink entry={row} />,
    },
    ...(session.organisationId === null && organisationId === null ? [organisation] : []),
    {
      id: 'ipAddress',
      header: columns.ipAddress,
      width: '9rem',
      gridWidthMin: 1000,
      render: ({ ipAddress }) => ipAddress ?? t.common.none,
    },
  ]
}
