import { Group, Text } from '@mantine/core'
import { isEmpty } from '../grid/selection.ts'
import { number } from '../messages/number.ts'
import { useMessages } from '../messages/use-messages.ts'
import { BulkBar } from './bulk-bar.tsx'
import { ExportMenu } from './export-menu.tsx'
import { LivePill } from './live-pill.tsx'
import { ChartToggle, ColumnMenu } from './log-actions.tsx'
import type { LogSearch } from './log-search.ts'
import classes from './log-toolbar.module.css'
import { LogViews } from './log-views.tsx'
import { useDeliveryCount } from './use-delivery-count.ts'
import type { Log } from './use-log.ts'

interface Props {
  log: Log
  search: LogSearch
  onReplay: () => void
}

/** Views and what concerns the whole list; while rows are chosen, what concerns them. */
export function LogToolbar({ log, search, onReplay }: Props) {
  const t = useMessages().deliveries
  const { selection, setSelection, live } = log
  const { data } = useDeliveryCount(log.filter, live.state === 'live' && !live.paused)
  const matching = data && `${number(data.count)}${data.complete ? '' : '+'}`
  if (!isEmpty(selection)) {
    return (
      <div className={classes['toolbar']}>
        <BulkBar
          selection={selection}
          rows={log.list.rows}
          matching={matching}
          onSelect={setSelection}
          onClear={() => setSelection({ kind: 'keys', keys: new Set() })}
          onReplay={onReplay}
        />
      </div>
    )
  }
  return (
    <div className={classes['toolbar']}>
      <LogViews search={search} />
      <Text size="sm" c="dimmed" className={classes['count'] ?? ''} title={t.matchingHint}>
        {matching === undefined ? t.counting : t.matching(matching)}
      </Text>
      <Group gap={4} wrap="nowrap">
        <LivePill
          state={live.state}
          paused={live.paused}
          newRows={live.newRows}
          onToggle={live.toggle}
        />
        <ChartToggle />
        <ColumnMenu />
        <ExportMenu filter={log.filter} />
      </Group>
    </div>
  )
}
