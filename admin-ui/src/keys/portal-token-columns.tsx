import { Text } from '@mantine/core'
import type { PortalToken } from '@posthorn/sdk'
import type { Column } from '../grid/columns.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { Countdown } from '../time/countdown.tsx'
import { TimeText } from '../time/time.tsx'
import { Owner } from './owner.tsx'
import { RevokeButton } from './revoke-button.tsx'
import { ScopeNames } from './scope-names.tsx'
import { CredentialStateLabel } from './state-label.tsx'

export function Subject({ subject }: PortalToken) {
  const t = useMessages().keys
  return (
    <Text size="sm" truncate {...(subject === null ? { c: 'dimmed' } : { fw: 550 })}>
      {subject ?? t.anybody}
    </Text>
  )
}

export function usePortalTokenColumns(
  onRevoke: (token: PortalToken) => void,
): Column<PortalToken>[] {
  const t = useMessages()
  const { columns, never, ownOrigin, states } = t.keys
  const isPlatform = useAccess().session.organisationId === null
  const owner: Column<PortalToken> = {
    id: 'organisation',
    header: columns.organisation,
    width: 'minmax(8rem, 1fr)',
    gridWidthMin: 900,
    render: (token) => <Owner {...token} />,
  }
  return [
    {
      id: 'subject',
      header: columns.subject,
      width: 'minmax(8rem, 1fr)',
      render: (token) => <Subject {...token} />,
    },
    {
      id: 'state',
      header: columns.state,
      width: '7rem',
      render: (token) => <CredentialStateLabel {...token} />,
    },
    {
      id: 'prefix',
      header: columns.prefix,
      width: '10rem',
      gridWidthMin: 1250,
      render: ({ prefix }) => (
        <Text size="sm" ff="monospace" truncate>
          {prefix}
        </Text>
      ),
    },
    {
      id: 'scopes',
      header: columns.scopes,
      width: 'minmax(9rem, 1.6fr)',
      render: ({ scopes }) => <ScopeNames scopes={scopes} />,
    },
    {
      id: 'origins',
      header: columns.origins,
      width: 'minmax(8rem, 1fr)',
      gridWidthMin: 1000,
      render: ({ allowedOrigins }) => (
        <Text size="sm" truncate title={allowedOrigins.join('\n')}>
          {allowedOrigins.length === 0 ? ownOrigin : allowedOrigins.join(', ')}
        </Text>
      ),
    },
    ...(isPlatform ? [owner] : []),
    {
      id: 'lastUsed',
      header: columns.lastUsed,
      width: '10.5rem',
      gridWidthMin: 800,
      render: ({ lastUsedAt }) => (lastUsedAt === null ? never : <TimeText value={lastUsedAt} />),
    },
    {
      id: 'expires',
      header: columns.expires,
      width: '6rem',
      render: ({ expiresAt, revokedAt }) =>
        revokedAt === null ? <Countdown until={expiresAt} past={states.expired} /> : t.common.none,
    },
    {
      id: 'actions',
      header: columns.actions,
      width: '4.5rem',
      render: (token) =>
        token.revokedAt === null && (
          <RevokeButton name={token.subject ?? token.prefix} onClick={() => onRevoke(token)} />
        ),
    },
  ]
}
