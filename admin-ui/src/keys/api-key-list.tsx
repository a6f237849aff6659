import { Group, Stack, Text } from '@mantine/core'
import type { ApiKey, ApiKeyWithSecret } from '@posthorn/sdk'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { DataGrid } from '../grid/data-grid.tsx'
import { useCursorPages } from '../grid/use-cursor-pages.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { TimeText } from '../time/time.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ListStates } from '../ui/list-states.tsx'
import { type ApiKeyAction, ApiKeyActions } from './api-key-actions.tsx'
import { ApiKeyName, useApiKeyColumns } from './api-key-columns.tsx'
import { ApiKeyState } from './api-key-state.tsx'
import { RevokeApiKey } from './revoke-api-key.tsx'
import { RotateApiKey } from './rotate-api-key.tsx'

interface Props {
  onRotated(key: ApiKeyWithSecret): void
}

export function ApiKeyList({ onRotated }: Props) {
  const t = useMessages().keys
  const { client, organisationId } = useAccess()
  const pages = useCursorPages([organisationId, 'apiKeys'], (cursor) =>
    client.apiKeys.list({ limit: 100, cursor }),
  )
  const [asked, setAsked] = useState<{ apiKey: ApiKey; action: ApiKeyAction }>()
  const act = (apiKey: ApiKey, action: ApiKeyAction) => setAsked({ apiKey, action })
  const close = () => setAsked(undefined)
  const columns = useApiKeyColumns(act)
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
                <ApiKeyState apiKey={key} />
                <Text size="xs" c="dimmed" truncate>
                  {key.lastUsedAt === null ? (
                    t.neverUsed
                  ) : (
                    <>
                      {t.used} <TimeText value={key.lastUsedAt} />
                    </>
                  )}
                </Text>
              </Group>
            </Stack>
            <ApiKeyActions apiKey={key} onAct={(action) => act(key, action)} />
          </Group>
        )}
      />
      {asked?.action === 'revoke' && <RevokeApiKey apiKey={asked.apiKey} onClose={close} />}
      {asked?.action === 'rotate' && (
        <RotateApiKey
          apiKey={asked.apiKey}
          onClose={close}
          onRotated={(rotated) => {
            close()
            onRotated(rotated)
          }}
        />
      )}
    </ListStates>
  )
}
