import { Group, Stack, Text } from '@mantine/core'
import type { ApiKey } from '@posthorn/sdk'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { DataGrid } from '../grid/data-grid.tsx'
import { useCursorPages } from '../grid/use-cursor-pages.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ListStates } from '../ui/list-states.tsx'
import { ApiKeyName, useApiKeyColumns } from './api-key-columns.tsx'
import { RevokeApiKey } from './revoke-api-key.tsx'
import { RevokeButton } from './revoke-button.tsx'
import { CredentialStateLabel } from './state-label.tsx'

export function ApiKeyList() {
  const t = useMessages().keys
  const { client, organisationId } = useAccess()
  const pages = useCursorPages([organisationId, 'apiKeys'], (cursor) =>
    client.apiKeys.list({ limit: 100, cursor }),
  )
  const [revoked, setRevoked] = useState<ApiKey>()
  const columns = useApiKeyColumns(setRevoked)
  const nothing = <EmptyState icon={<KeyRound />} title={t.emptyTitle} text={t.emptyText} />
  return (
    <ListStates query={pages} rows={pages.rows.length} nothing={nothing}>
      <DataGrid<ApiKey>
        label={t.tabs.keys}
        columns={columns}
        rows={pages.rows}
        rowKey={({ id }) => id}
        onEnd={pages.loadMore}
        card={(key) => (
          <Group justify="space-between" wrap="nowrap">
            <Stack gap={0} miw={0}>
              <ApiKeyName {...key} />
              <Group gap="xs" wrap="nowrap">
                <CredentialStateLabel {...key} />
                <Text size="xs" c="dimmed" ff="monospace" truncate>
                  {key.prefix}
                </Text>
              </Group>
            </Stack>
            {key.revokedAt === null && (
              <RevokeButton name={key.name} onClick={() => setRevoked(key)} />
            )}
          </Group>
        )}
      />
      {revoked && <RevokeApiKey apiKey={revoked} onClose={() => setRevoked(undefined)} />}
    </ListStates>
  )
}
