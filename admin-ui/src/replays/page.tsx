import { Select } from '@mantine/core'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { RotateCcw } from 'lucide-react'
import { useSubscriptionNames } from '../filter/use-subscription-names.ts'
import { DataGrid } from '../grid/data-grid.tsx'
import { useCursorPages } from '../grid/use-cursor-pages.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { ButtonLink } from '../ui/button-link.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ListStates } from '../ui/list-states.tsx'
import { Page } from '../ui/page.tsx'
import { ReplayCard, replayColumns } from './columns.tsx'
import { describeReplay } from './describe-replay.ts'
import { replayStatuses } from './search.ts'

const refetchMs = 5000
const route = getRouteApi('/replays')

export function ReplaysPage() {
  const t = useMessages()
  const { client, organisationId } = useAccess()
  const { status } = route.useSearch()
  const navigate = useNavigate({ from: '/replays' })
  const pages = useCursorPages(
    [organisationId, 'replays', 'list', 'page', status],
    (cursor) => client.replays.list({ ...(cursor && { cursor }), ...(status && { status }) }),
    { refetchMs },
  )
  const { nameOf: name } = useSubscriptionNames()
  const choose = (next: string | null) =>
    void navigate({ search: { status: replayStatuses.find((one) => one === next) } })
  return (
    <Page
      title={t.navigation.pages.replays}
      description={t.replays.description}
      fill
      actions={
        <Select
          aria-label={t.replays.statusFilter}
          placeholder={t.replays.anyStatus}
          data={replayStatuses.map((value) => ({ value, label: t.replayStatuses[value] }))}
          value={status ?? null}
          onChange={choose}
          clearable
          w={160}
        />
      }
    >
      <ListStates query={pages} rows={pages.rows.length} nothing={<Nothing status={status} />}>
        <DataGrid
          label={t.replays.list}
          columns={replayColumns(t, name)}
          rows={pages.rows}
          rowKey={({ id }) => id}
          onOpen={({ id }) => void navigate({ to: '/replays/$id', params: { id } })}
          card={(replay) => (
            <ReplayCard replay={replay} t={t} title={describeReplay(replay, t, name)} />
          )}
          onEnd={pages.loadMore}
        />
      </ListStates>
    </Page>
  )
}

function Nothing({ status }: { status: (typeof replayStatuses)[number] | undefined }) {
  const t = useMessages()
  if (status) {
    return (
      <EmptyState icon={<RotateCcw />} title={t.replays.noneOfStatus(t.replayStatuses[status])}>
        <ButtonLink variant="default" to="/replays">
          {t.replays.showAll}
        </ButtonLink>
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={<RotateCcw />} title={t.replays.noneYet} text={t.replays.noneYetText}>
      <ButtonLink to="/deliveries">{t.replays.toDeliveries}</ButtonLink>
    </EmptyState>
  )
}
