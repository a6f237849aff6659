import { Text } from '@mantine/core'
import type { FailureGroups } from '@posthorn/sdk'
import { useMemo, useRef, useState } from 'react'
import type { DeliveryFilter } from '../filter/delivery-filter.ts'
import { useSubscriptionNames } from '../filter/use-subscription-names.ts'
import { DataGrid, type GridHandle } from '../grid/data-grid.tsx'
import { useMessages } from '../messages/use-messages.ts'
import { ReplayDialog } from '../replays/replay-dialog.tsx'
import { useCan } from '../session/session-context.ts'
import { useShortcut } from '../shortcuts/use-shortcut.ts'
import { GroupCard } from './group-card.tsx'
import { groupColumns } from './group-columns.tsx'
import { replayOfGroup } from './group-filter.ts'
import { GroupPane } from './group-pane.tsx'
import classes from './group-split.module.css'
import type { SearchProps } from './search.ts'

/** The groups, and the one that is looked at beside them. */
export function GroupSplit(props: SearchProps & { groups: FailureGroups }) {
  const { groups, search, onSearch } = props
  const t = useMessages()
  const can = useCan()
  const { nameOf } = useSubscriptionNames()
  const grid = useRef<GridHandle>(null)
  const [replay, setReplay] = useState<DeliveryFilter>()
  const columns = useMemo(() => groupColumns(t, nameOf), [t, nameOf])
  const { group: openId, ...filter } = search
  const find = (id: string | undefined) => groups.data.find((group) => group.id === id)
  const close = () => {
    onSearch({ ...filter })
    grid.current?.focusRow(openId)
  }
  const replayOf = (id: string | undefined) => {
    const group = find(id)
    if (group && group.failed > 0) setReplay(replayOfGroup(group, filter, Date.now()))
  }
  const list = { group: 'list' } as const
  useShortcut(
    { ...list, keys: 'r', label: t.failures.replayKey },
    () => replayOf(openId ?? grid.current?.activeKey()),
    can('deliveries:replay'),
  )
  useShortcut(
    { ...list, keys: 'Escape', label: t.shortcuts.close },
    close,
    openId !== undefined && replay === undefined,
  )
  return (
    <div className={classes['split']} data-open={openId !== undefined || undefined}>
      <div className={classes['list']}>
        <DataGrid
          label={t.failures.list}
          columns={columns}
          rows={groups.data}
          rowKey={({ id }) => id}
          card={(group) => <GroupCard group={group} name={nameOf(group.subscriptionId)} />}
          onOpen={({ id }) => onSearch({ ...search, group: id })}
          onActive={({ id }) => {
            if (openId !== undefined) onSearch({ ...search, group: id }, true)
          }}
          openKey={openId}
          handle={grid}
          footer={
            groups.complete ? undefined : (
              <Text size="sm" c="dimmed" p="sm">
                {t.failures.bounded(groups.count)}
              </Text>
            )
          }
        />
      </div>
      {openId !== undefined && (
        <GroupPane
          group={find(openId)}
          filter={filter}
          onClose={close}
          onReplay={() => replayOf(openId)}
        />
      )}
      {replay && (
        <ReplayDialog selector={{ filter: replay }} opened onClose={() => setReplay(undefined)} />
      )}
    </div>
  )
}
