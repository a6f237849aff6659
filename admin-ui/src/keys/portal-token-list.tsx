import { Group, Stack, Text } from '@mantine/core'
import type { PortalToken } from '@posthorn/sdk'
import { Ticket } from 'lucide-react'
import { useState } from 'react'
import { DataGrid } from '../grid/data-grid.tsx'
import { useCursorPages } from '../grid/use-cursor-pages.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { Countdown } from '../time/countdown.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ListStates } from '../ui/list-states.tsx'
import { Snippet } from '../ui/snippet.tsx'
import { Subject, usePortalTokenColumns } from './portal-token-columns.tsx'
import { RevokeButton } from './revoke-button.tsx'
import { RevokePortalToken } from './revoke-portal-token.tsx'
import { CredentialStateLabel } from './state-label.tsx'

export function PortalTokenList({ expired }: { expired: 'true' | undefined }) {
  const t = useMessages().keys
  const { client, organisationId, url } = useAccess()
  const pages = useCursorPages(
    [organisationId, 'portalTokens', expired],
    (cursor) => client.portalTokens.list({ limit: 100, cursor, ...(expired && { expired }) }),
    { refetchMs: 15_000 },
  )
  const [revoked, setRevoked] = useState<PortalToken>()
  const columns = usePortalTokenColumns(setRevoked)
  const nothing = (
    <EmptyState icon={<Ticket />} title={t.portal.emptyTitle} text={t.portal.emptyText}>
      <Snippet label={t.shown.curl} text={mintByCurl(url, organisationId)} />
    </EmptyState>
  )
  return (
    <ListStates query={pages} rows={pages.rows.length} nothing={nothing}>
      <DataGrid<PortalToken>
        label={t.tabs.portal}
        columns={columns}
        rows={pages.rows}
        rowKey={({ id }) => id}
        onEnd={pages.loadMore}
        card={(token) => (
          <Group justify="space-between" wrap="nowrap">
            <Stack gap={0} miw={0}>
              <Subject {...token} />
              <Group gap="xs" wrap="nowrap">
                <CredentialStateLabel {...token} />
                <Text size="xs" c="dimmed">
                  {token.revokedAt === null && <Countdown until={token.expiresAt} past="" />}
                </Text>
              </Group>
            </Stack>
            {token.revokedAt === null && (
              <RevokeButton
                name={token.subject ?? token.prefix}
                onClick={() => setRevoked(token)}
              />
            )}
          </Group>
        )}
      />
      {revoked && <RevokePortalToken token={revoked} onClose={() => setRevoked(undefined)} />}
    </ListStates>
  )
}

function mintByCurl(url: string, organisationId: string | null): string {
  const organisation = organisationId ?? '<organisation id>'
  return [
    `curl ${new URL('v1/portal-tokens', url).href} \\`,
    `  -H "Authorization: Bearer $POSTHORN_API_KEY" \\`,
    `  --json '{"organisationId":"${organisation}","subject":"user_4711"}'`,
  ].join('\n')
}
