import { useState } from 'react'
import { DeliveryView } from '../delivery/delivery-view.tsx'
import { useMessages } from '../messages/use-messages.ts'
import classes from './delivery-log.module.css'

/** A delivery beside the list. */
export function DeliveryPane({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useMessages().deliveries.pane
  const [shown, setShown] = useState<{ id: string; attempt: number }>()
  return (
    <aside aria-label={t.label} className={classes['pane']}>
      <DeliveryView
        id={id}
        attempt={shown?.id === id ? shown.attempt : undefined}
        onAttempt={(attempt) => setShown({ id, attempt })}
        onClose={onClose}
      />
    </aside>
  )
}
