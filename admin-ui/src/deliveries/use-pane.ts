import { useDebouncedCallback, useMediaQuery } from '@mantine/hooks'
import type { Delivery } from '@posthorn/sdk'
import { useNavigate } from '@tanstack/react-router'
import { type RefObject, useEffect } from 'react'
import type { GridHandle } from '../grid/data-grid.tsx'
import { useMessages } from '../messages/use-messages.ts'
import { useShortcut } from '../shortcuts/use-shortcut.ts'
import type { LogSearch, OnSearch } from './log-search.ts'

const followMs = 120

/** Which delivery stands beside the list. Where there is no room for both, it is a page of its own. */
export function usePane(
  { search, onSearch }: { search: LogSearch; onSearch: OnSearch },
  grid: RefObject<GridHandle | null>,
) {
  const t = useMessages().shortcuts
  const navigate = useNavigate()
  const roomy = useMediaQuery('(min-width: 900px)', true, { getInitialValueInEffect: false })
  const { d: id } = search
  useEffect(() => {
    if (!roomy && id) void navigate({ to: '/deliveries/$id', params: { id }, replace: true })
  }, [roomy, id, navigate])

  const show = (delivery: Delivery, options?: { replace: boolean }) => {
    if (roomy) onSearch({ ...search, d: delivery.id }, options)
    else void navigate({ to: '/deliveries/$id', params: { id: delivery.id } })
  }
  const follow = useDebouncedCallback(
    (delivery: Delivery) => show(delivery, { replace: true }),
    followMs,
  )
  const open = roomy ? id : undefined
  const close = () => {
    follow.cancel()
    onSearch({ ...search, d: undefined })
    grid.current?.focusRow(open)
  }
  useShortcut({ keys: 'Escape', label: t.close, group: 'list' }, close, open !== undefined)
  return {
    id: open,
    show: (delivery: Delivery) => show(delivery),
    /** The pane goes with the keyboard, once it stays. */
    follow: (delivery: Delivery) => open !== undefined && follow(delivery),
    close,
  }
}
