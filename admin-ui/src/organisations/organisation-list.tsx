import { Button, Stack, Text } from '@mantine/core'
import type { Organisation } from '@posthorn/sdk'
import { useNavigate } from '@tanstack/react-router'
import { Building2, SearchX } from 'lucide-react'
import { DataGrid } from '../grid/data-grid.tsx'
import { useMessages } from '../messages/use-messages.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { LoadingPage } from '../ui/loading-page.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { useOrganisationColumns } from './columns.tsx'
import { OrganisationLink } from './organisation-link.tsx'
import { type OrganisationRow, useOrganisations } from './use-organisations.ts'

interface Props {
  q: string
  onEdit(organisation: Organisation): void
  onClear(): void
}

export function OrganisationList({ q, onEdit, onClear }: Props) {
  const t = useMessages()
  const navigate = useNavigate()
  const { rows, error, isPending, refetch, loadMore } = useOrganisations(q)
  const columns = useOrganisationColumns(onEdit)
  if (error && rows.length === 0) {
    return <ProblemAlert error={error} onRetry={() => void refetch()} />
  }
  if (isPending) return <LoadingPage />
  if (rows.length === 0 && q) {
    return (
      <EmptyState icon={<SearchX />} title={t.organisations.noMatch(q)}>
        <Button variant="default" onClick={onClear}>
          {t.organisations.clear}
        </Button>
      </EmptyState>
    )
  }
  if (rows.length === 0) {
    const { emptyTitle, emptyText } = t.organisations
    return <EmptyState icon={<Building2 />} title={emptyTitle} text={emptyText} />
  }
  return (
    <DataGrid<OrganisationRow>
      label={t.navigation.pages.organisations}
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      onOpen={({ id }) => void navigate({ to: '/', search: { organisationId: id } })}
      onEnd={loadMore}
      card={(row) => (
        <Stack gap={0}>
          <OrganisationLink {...row} />
          <Text size="xs" c="dimmed" truncate ff="monospace">
            {row.id}
          </Text>
        </Stack>
      )}
    />
  )
}
