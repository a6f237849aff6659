import { Button, Group, Stack, Text } from '@mantine/core'
import type { AuditEntry } from '@posthorn/sdk'
import { FileClock, SearchX } from 'lucide-react'
import { DataGrid } from '../grid/data-grid.tsx'
import type { useCursorPages } from '../grid/use-cursor-pages.ts'
import { useMessages } from '../messages/use-messages.ts'
import { TimeText } from '../time/time.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { LoadingPage } from '../ui/loading-page.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { Actor } from './actor.tsx'
import { AuditFooter } from './audit-footer.tsx'
import { useAuditColumns, type ValueFilter } from './columns.tsx'
import { useTargetName } from './use-target-name.ts'

interface Props {
  pages: ReturnType<typeof useCursorPages<AuditEntry>>
  filtered: boolean
  openId: string | undefined
  onOpen(id: string): void
  onFilter(filter: ValueFilter): void
  onClear(): void
}

export function AuditList({ pages, filtered, openId, onOpen, onFilter, onClear }: Props) {
  const t = useMessages()
  const columns = useAuditColumns(onFilter)
  const nameOf = useTargetName()
  const { rows, error, isPending, refetch, loadMore, hasNextPage, searchedUntil } = pages
  if (error && rows.length === 0) {
    return <ProblemAlert error={error} onRetry={() => void refetch()} />
  }
  if (isPending) return <LoadingPage />
  if (rows.length === 0 && (filtered || hasNextPage)) {
    return (
      <EmptyState icon={<SearchX />} title={t.audit.noMatchTitle} text={t.audit.noMatchText}>
        <Stack align="center">
          {hasNextPage && <AuditFooter pages={pages} />}
          {filtered && (
            <Button variant="default" onClick={onClear}>
              {t.audit.filters.removeAll}
            </Button>
          )}
        </Stack>
      </EmptyState>
    )
  }
  if (rows.length === 0) {
    const { emptyTitle, emptyText } = t.audit
    return <EmptyState icon={<FileClock />} title={emptyTitle} text={emptyText} />
  }
  return (
    <DataGrid<AuditEntry>
      label={t.navigation.pages.audit}
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      openKey={openId}
      onOpen={({ id }) => onOpen(id)}
      // A search that finds little goes on only when somebody asks.
      onEnd={searchedUntil === null ? loadMore : undefined}
      footer={<AuditFooter pages={pages} />}
      card={(row) => (
        <Stack gap={0}>
          <Group justify="space-between" gap="xs" wrap="nowrap">
            <Text size="sm" fw={550} truncate>
              {t.audit.actions[row.action] ?? row.action}
            </Text>
            <Text size="xs" c="dimmed" flex="none">
              <TimeText value={row.createdAt} />
            </Text>
          </Group>
          <Group gap={6} wrap="nowrap" miw={0}>
            <Actor {...row} />
            <Text size="xs" c="dimmed" truncate>
              {nameOf(row)}
            </Text>
          </Group>
        </Stack>
      )}
    />
  )
}
