import { Badge, Group, Text } from '@mantine/core'
import type { ApiKey } from '@posthorn/sdk'
import type { Column } from '../grid/columns.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { TimeText } from '../time/time.tsx'
import { type ApiKeyAction, ApiKeyActions } from './api-key-actions.tsx'
import { ApiKeyState } from './api-key-state.tsx'
import { Owner } from './owner.tsx'
import { ScopeNames } from './scope-names.tsx'

export function ApiKeyName({ id, name }: ApiKey) {
  const t = useMessages().keys
  const { session } = useAccess()
  return (
    <Group gap={6} wrap="nowrap" miw={0}>
      <Text size="sm" fw={550} truncate title={name}>
        {name}
      </Text>
      {session.id === id && (
        <Badge size="sm" variant="light" title={t.ownHint} flex="none">
          {t.own}
        </Badge>
      )}
    </Group>
  )
}

export function useApiKeyColumns(
  onAct: (key: ApiKey, action: ApiKeyAction) => void,
): Column<ApiKey>[] {
  const t = useMessages()
  const { columns, never } = t.keys
  const isPlatform = useAccess().session.organisationId === null
  const when = (time: string | null) => (time === null ? never : <TimeText value={time} />)
  const owner: Column<ApiKey> = {
    id: 'organisation',
    header: columns.organisation,
    width: 'minmax(8rem, 1fr)',
    gridWidthMin: 900,
    render: (key) => <Owner {...key} />,
  }
  return [
    {
      id: 'name',
      header: columns.name,
      width: 'minmax(9rem, 1.4fr)',
      render: (key) => <ApiKeyName {...key} />,
    },
    {
      id: 'state',
      header: columns.state,
      width: '11.5rem',
      render: (key) => <ApiKeyState apiKey={key} />,
    },
    {
      id: 'prefix',
      header: columns.prefix,
      width: '10rem',
      gridWidthMin: 1000,
      render: ({ prefix }) => (
        <Text size="sm" ff="monospace" truncate>
          {prefix}
        </Text>
      ),
    },
    {
      id: 'scopes',
      header: columns.scopes,
      width: 'minmax(8rem, 1fr)',
      render: ({ scopes }) => <ScopeNames scopes={scopes} />,
    },
    ...(isPlatform ? [owner] : []),
    {
      id: 'created',
      header: columns.created,
      width: '10.5rem',
      gridWidthMin: 1250,
      render: ({ createdAt }) => <TimeText value={createdAt} />,
    },
    {
      id: 'lastUsed',
      header: columns.lastUsed,
      width: '10.5rem',
      render: ({ lastUsedAt }) => when(lastUsedAt),
    },
    {
      id: 'expires',
      header: columns.expires,
      width: '10.5rem',
      gridWidthMin: 800,
      render: ({ expiresAt }) => when(expiresAt),
    },
    {
      id: 'actions',
      header: columns.actions,
      width: '5rem',
      render: (key) => <ApiKeyActions apiKey={key} onAct={(action) => onAct(key, action)} />,
    },
  ]
}
