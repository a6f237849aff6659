import { Splitter } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { DeliveryFilterSearch } from '../filter/delivery-filter.ts'
import { FilterBar } from '../filter/filter-bar.tsx'
import { addValue } from '../filter/filter-value.ts'
import { useMessages } from '../messages/use-messages.ts'
import { ReplayDialog } from '../replays/replay-dialog.tsx'
import type { Selector } from '../replays/replay-input.ts'
import { useStable } from '../ui/use-stable.ts'
import classes from './delivery-log.module.css'
import { DeliveryPane } from './delivery-pane.tsx'
import { LogChart } from './log-chart.tsx'
import { LogList } from './log-list.tsx'
import type { LogSearch, OnSearch } from './log-search.ts'
import { LogStates } from './log-states.tsx'
import { LogToolbar } from './log-toolbar.tsx'
import { selectorOf } from './selector-of.ts'
import { useLog } from './use-log.ts'
import { useLogPreferences } from './use-log-preferences.ts'
import { usePane } from './use-pane.ts'

export type { LogSearch } from './log-search.ts'

export interface DeliveryLogProps {
  search: LogSearch
  /** Takes the new address; `replace` while something is typed. */
  onSearch: OnSearch
  /** What the address does not say and nobody can take away: the subscription of a tab. */
  pinned?: Partial<DeliveryFilterSearch>
}

const nothingPinned: Partial<DeliveryFilterSearch> = {}

/** Every delivery that a filter means, with the one that is looked at beside them. As high as there is room. */
export function DeliveryLog({ search, pinned = nothingPinned, ...props }: DeliveryLogProps) {
  const t = useMessages().deliveries
  const onSearch = useStable(props.onSearch)
  const navigate = useNavigate()
  const log = useLog(search, pinned)
  const pane = usePane({ search, onSearch }, log.grid)
  const [replay, setReplay] = useState<Selector>()
  const [preferences, setPreferences] = useLogPreferences()
  const replaySelected = () => setReplay(selectorOf(log.selection, log.filter, Date.now()))
  return (
    <div className={classes['log']}>
      <FilterBar search={search} onSearch={onSearch} pinned={pinned} />
      <LogToolbar log={log} search={search} onReplay={replaySelected} />
      {preferences.chart && (
        <LogChart log={log} onRange={(range) => onSearch({ ...search, ...range })} />
      )}
      <LogStates log={log} search={search} pinned={pinned} onSearch={onSearch}>
        <Splitter
          className={classes['split'] ?? ''}
          sizes={pane.id ? [100, preferences.pane] : [100]}
          onSizeChange={([, width]) =>
            typeof width === 'string' && setPreferences({ pane: width as `${number}px` })
          }
          aria-label={t.pane.resize}
        >
          <Splitter.Pane defaultSize={100} min="20rem">
            <LogList
              log={log}
              openId={pane.id}
              ofOneSubscription={pinned.subscriptionId !== undefined}
              onShow={pane.show}
              onFollow={pane.follow}
              onFilter={(value) => onSearch(addValue(search, value))}
              onOpenPage={({ id }) => void navigate({ to: '/deliveries/$id', params: { id } })}
              onReplay={(deliveryIds) => setReplay({ deliveryIds })}
            />
          </Splitter.Pane>
          {pane.id && (
            <Splitter.Pane defaultSize={preferences.pane} min="360px">
              <DeliveryPane id={pane.id} onClose={pane.close} />
            </Splitter.Pane>
          )}
        </Splitter>
      </LogStates>
      {replay && <ReplayDialog selector={replay} opened onClose={() => setReplay(undefined)} />}
    </div>
  )
}
