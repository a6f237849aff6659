import { lazy, Suspense, useState } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { LoadingPage } from '../ui/loading-page.tsx'
import classes from './delivery-log.module.css'

/** Comes with the first delivery that is opened. */
const DeliveryView = lazy(async () => ({
  default: (await import('../delivery/delivery-view.tsx')).DeliveryView,
}))

/** A delivery beside the list. */
export function DeliveryPane({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useMessages().deliveries.pane
  const [shown, setShown] = useState<{ id: string; attempt: number }>()
  return (
    <aside aria-label={t.label} className={classes['pane']}>
      <Suspense fallback={<LoadingPage />}>
        <DeliveryView
          id={id}
          attempt={shown?.id === id ? shown.attempt : undefined}
          onAttempt={(attempt) => setShown({ id, attempt })}
          onClose={onClose}
        />
      </Suspense>
    </aside>
  )
}
