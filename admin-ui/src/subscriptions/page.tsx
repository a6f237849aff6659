import { Button } from '@mantine/core'
import type { Subscription } from '@posthorn/sdk'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { DataGrid } from '../grid/data-grid.tsx'
import { isEmpty, isSelected, nothing, type Selection } from '../grid/selection.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess, useCan } from '../session/session-context.ts'
import { ListStates } from '../ui/list-states.tsx'
import { notifyDone } from '../ui/notify.ts'
import { Page } from '../ui/page.tsx'
import { useStable } from '../ui/use-stable.ts'
import { DeleteDialog } from './delete-dialog.tsx'
import { BulkBar } from './list/bulk-bar.tsx'
import { listColumns } from './list/list-columns.tsx'
import { ListFilters } from './list/list-filters.tsx'
import { NoMatch, NoSubscriptions } from './list/list-states.tsx'
import { type OpenMenu, RowMenu } from './list/row-menu.tsx'
import { SubscriptionCard } from './list/subscription-card.tsx'
import { type ListSearch, useSubscriptionList } from './list/use-subscription-list.ts'
import { ReplayFailed } from './replay-failed.tsx'
import { useDeleteSubscription } from './use-subscription-changes.ts'

const route = getRouteApi('/subscriptions')
const keyOf = ({ id }: Subscription) => id

export function SubscriptionsPage() {
  const t = useMessages()
  const { organisationId } = useAccess()
  const mayWrite = useCan()('subscriptions:write')
  const search = route.useSearch()
  const navigate = useNavigate()
  const list = useSubscriptionList(search)
  const remove = useDeleteSubscription()
  const [selection, setSelection] = useState<Selection>(nothing)
  const [menu, setMenu] = useState<OpenMenu>()
  const [deleting, setDeleting] = useState<Subscription[]>([])
  const [replaying, setReplaying] = useState<Subscription>()

  const onSearch = (next: ListSearch, { replace = false } = {}) =>
    void navigate({ to: '/subscriptions', search: next, replace })
  const onMenu = useStable((subscription: Subscription, button: HTMLElement) =>
    setMenu({ subscription, button }),
  )
  const onOpen = useStable(
    ({ id }: Subscription) => void navigate({ to: '/subscriptions/$id', params: { id } }),
  )
  const context = useMemo(
    () => ({ t, figures: list.figures, withOrganisation: organisationId === null, onMenu }),
    [t, list.figures, organisationId, onMenu],
  )
  const columns = useMemo(() => listColumns(context), [context])
  const card = useCallback(
    (row: Subscription) => <SubscriptionCard subscription={row} {...context} />,
    [context],
  )
  const chosen = list.rows.filter(({ id }) => isSelected(selection, id))
  const filtered = Boolean(search.q || search.status || search.eventType)
  return (
    <Page
      title={t.navigation.pages.subscriptions}
      description={t.subscriptions.description}
      actions={
        mayWrite && (
          <Button component={Link} to="/subscriptions/new" leftSection={<Plus size={16} />}>
            {t.subscriptions.create}
          </Button>
        )
      }
      fill
    >
      <ListFilters search={search} onSearch={onSearch} />
      {chosen.length > 0 && !isEmpty(selection) && (
        <BulkBar
          chosen={chosen}
          onClear={() => setSelection(nothing)}
          onDelete={() => setDeleting(chosen)}
        />
      )}
      <ListStates
        query={list}
        rows={list.rows.length}
        nothing={filtered ? <NoMatch search={search} onSearch={onSearch} /> : <NoSubscriptions />}
      >
        <DataGrid
          label={t.subscriptions.list}
          columns={columns}
          rows={list.rows}
          rowKey={keyOf}
          card={card}
          onOpen={onOpen}
          selection={mayWrite ? selection : undefined}
          onSelect={setSelection}
          onEnd={list.loadMore}
          footer={list.isFetchingNextPage ? t.common.loadingMore : undefined}
        />
      </ListStates>
      {menu && (
        <RowMenu
          {...menu}
          onClose={() => setMenu(undefined)}
          onDelete={() => setDeleting([menu.subscription])}
          onReplay={() => setReplaying(menu.subscription)}
        />
      )}
      {deleting.length > 0 && (
        <DeleteDialog
          subscriptions={deleting}
          onClose={() => setDeleting([])}
          onConfirm={async () => {
            for (const { id } of deleting) await remove(id)
            setSelection(nothing)
            notifyDone(t.subscriptions.deleted(deleting.length))
          }}
        />
      )}
      {replaying && (
        <ReplayFailed subscription={replaying} onClose={() => setReplaying(undefined)} />
      )}
    </Page>
  )
}
