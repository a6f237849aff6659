import { useEffect, useRef, useState } from 'react'
import type { DeliveryFilterSearch } from '../filter/delivery-filter.ts'
import type { GridHandle } from '../grid/data-grid.tsx'
import { isEmpty, nothing, type Selection } from '../grid/selection.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useShortcut } from '../shortcuts/use-shortcut.ts'
import { describeNew } from './live-pill.tsx'
import { filterOf, type LogSearch } from './log-search.ts'
import { useDeliveryList } from './use-delivery-list.ts'
import { useLiveTail } from './use-live-tail.ts'

/** The list that a log shows, kept up to date, and which of its rows are chosen. */
export function useLog(search: LogSearch, pinned: Partial<DeliveryFilterSearch>) {
  const t = useMessages().deliveries.live
  const grid = useRef<GridHandle>(null)
  const filter = filterOf(search, pinned)
  const list = useDeliveryList(filter)
  const key = JSON.stringify(filter)
  const [chosen, setChosen] = useState({ key, selection: nothing })
  const selection = chosen.key === key ? chosen.selection : nothing
  const setSelection = (next: Selection) => setChosen({ key, selection: next })

  const [stopped, setStopped] = useState(false)
  const [atTop, setAtTop] = useState(true)
  // A row that somebody is at must not run away from under the keyboard.
  const [reading, setReading] = useState(false)
  const paused = stopped || reading || !isEmpty(selection) || !atTop
  const ready = list.isSuccess && !list.isPlaceholderData
  const live = useLiveTail({ queryKey: list.queryKey, filter, ready, paused })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its top
  useEffect(() => grid.current?.scrollToTop(), [key])
  const resume = () => {
    setStopped(false)
    setReading(false)
    setSelection(nothing)
    grid.current?.scrollToTop()
  }
  const toggle = () => (paused ? resume() : setStopped(true))
  useShortcut({ keys: 'l', label: t.shortcut, group: 'list' }, toggle)
  return {
    grid,
    filter,
    list,
    selection,
    setSelection,
    setAtTop,
    setReading,
    live: {
      state: live.state,
      paused,
      newRows: describeNew(live.newRows, live.newRowsMax),
      resume,
      toggle,
    },
  }
}

export type Log = ReturnType<typeof useLog>
