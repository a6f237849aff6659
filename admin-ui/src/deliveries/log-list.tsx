import { Button, VisuallyHidden } from '@mantine/core'
import type { Delivery } from '@posthorn/sdk'
import { type FocusEvent, useMemo, useState } from 'react'
import type { FilterValue } from '../filter/filter-value.ts'
import { useSubscriptionNames } from '../filter/use-subscription-names.ts'
import { DataGrid } from '../grid/data-grid.tsx'
import { useMessages } from '../messages/use-messages.ts'
import { useStable } from '../ui/use-stable.ts'
import { DeliveryCard } from './delivery-card.tsx'
import { deliveryColumns } from './delivery-columns.tsx'
import classes from './delivery-log.module.css'
import { LogFooter } from './log-footer.tsx'
import { type OpenMenu, RowMenu } from './row-menu.tsx'
import type { Log } from './use-log.ts'
import { useLogPreferences } from './use-log-preferences.ts'
import { useRowKeys } from './use-row-keys.ts'

interface Props {
  log: Log
  openId: string | undefined
  /** Then the rows need not say whose they are. */
  ofOneSubscription: boolean
  onShow: (delivery: Delivery) => void
  onFollow: (delivery: Delivery) => void
  onFilter: (value: FilterValue) => void
  onOpenPage: (delivery: Delivery) => void
  onReplay: (deliveryIds: readonly string[]) => void
}

/** The rows, what one can do with each, and how far they go. */
export function LogList({ log, openId, ofOneSubscription, onShow, onFilter, ...on }: Props) {
  const t = useMessages()
  const { list, live } = log
  const { nameOf, isHeld } = useSubscriptionNames()
  const [{ hiddenColumns }] = useLogPreferences()
  const [menu, setMenu] = useState<OpenMenu>()
  const show = useStable(onShow)
  const cells = useMemo(
    () => ({
      t,
      nameOf,
      isHeld,
      onOpen: show,
      onMenu: (delivery: Delivery, button: HTMLElement) => setMenu({ delivery, button }),
    }),
    [t, nameOf, isHeld, show],
  )
  const columns = useMemo(
    () =>
      deliveryColumns(cells).filter(
        ({ id }) => !hiddenColumns.includes(id) && !(ofOneSubscription && id === 'subscription'),
      ),
    [cells, hiddenColumns, ofOneSubscription],
  )
  const card = useMemo(
    () => (delivery: Delivery) => <DeliveryCard delivery={delivery} cells={cells} />,
    [cells],
  )
  const copy = useRowKeys({ log, paneOpen: openId !== undefined, onReplay: on.onReplay })
  const searched = list.searchedUntil !== null
  const onFocus = ({ target }: FocusEvent) => {
    if (target.closest('[role=row]')) log.setReading(true)
  }
  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent) => {
    // When the window loses the focus, the row keeps it for later.
    const stays = [relatedTarget, document.activeElement].some((one) => currentTarget.contains(one))
    if (!stays && !menu) log.setReading(false)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears of the focus of the rows inside
    <div
      className={`${classes['list']} ${list.isPlaceholderData ? classes['stale'] : ''}`}
      onFocus={onFocus}
      onBlur={onBlur}
    >
      {live.newRows !== undefined && (
        <div className={classes['newRows']}>
          <Button size="compact-sm" radius="xl" onClick={live.resume}>
            {t.deliveries.live.newRows(live.newRows)}
          </Button>
        </div>
      )}
      <DataGrid
        label={t.deliveries.list}
        columns={columns}
        rows={list.rows}
        rowKey={idOf}
        card={card}
        onOpen={onShow}
        onActive={on.onFollow}
        openKey={openId}
        selection={log.selection}
        onSelect={log.setSelection}
        // What matches is rare: looking on is for a person to ask for.
        onEnd={searched ? undefined : list.loadMore}
        onTop={log.setAtTop}
        handle={log.grid}
        footer={
          <LogFooter
            loading={list.isFetchingNextPage}
            more={list.hasNextPage}
            searchedUntil={list.searchedUntil}
            onMore={list.loadMore}
          />
        }
      />
      <VisuallyHidden role="status">
        {list.isPlaceholderData ? t.common.loading : ''}
      </VisuallyHidden>
      {menu && (
        <RowMenu
          menu={menu}
          onClose={() => setMenu(undefined)}
          onFilter={onFilter}
          onOpenPage={on.onOpenPage}
          onReplay={({ id }) => on.onReplay([id])}
          onCopy={copy}
        />
      )}
    </div>
  )
}

const idOf = ({ id }: Delivery) => id
