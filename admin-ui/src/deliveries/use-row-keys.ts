import { useClipboard } from '@mantine/hooks'
import type { Delivery } from '@posthorn/sdk'
import { useMessages } from '../messages/use-messages.ts'
import { useCan } from '../session/session-context.ts'
import { useShortcut } from '../shortcuts/use-shortcut.ts'
import { notifyDone } from '../ui/notify.ts'
import type { Log } from './use-log.ts'

interface Options {
  log: Log
  /** Then the keys are those of the delivery that is shown. */
  paneOpen: boolean
  onReplay: (deliveryIds: readonly string[]) => void
}

/** Keys for the row that has the keyboard. @returns what copies the id of a delivery */
export function useRowKeys({ log: { grid, list }, paneOpen, onReplay }: Options) {
  const t = useMessages().deliveries
  const can = useCan()
  const clipboard = useClipboard()
  const some = list.rows.length > 0
  const active = () => grid.current?.activeKey()
  const copy = (id: string) => {
    clipboard.copy(id)
    notifyDone(t.idCopied)
  }
  const group = 'list' as const
  useShortcut(
    { keys: 'r', label: t.keys.replay, group },
    () => {
      const id = active()
      if (id !== undefined) onReplay([id])
    },
    some && !paneOpen && can('deliveries:replay'),
  )
  useShortcut(
    { keys: 'y', label: t.keys.copyId, group },
    () => {
      const id = active()
      if (id !== undefined) copy(id)
    },
    some && !paneOpen,
  )
  useShortcut({ keys: 'm', label: t.keys.menu, group }, () => grid.current?.pressMenu(), some)
  return ({ id }: Delivery) => copy(id)
}
