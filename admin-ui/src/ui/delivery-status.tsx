import { Ban, CircleCheck, CircleDashed, CirclePause, CircleX, RotateCw } from 'lucide-react'
import type { DeliveryStatus } from '../filter/delivery-filter.ts'
import { useMessages } from '../messages/use-messages.ts'
import { StatusLabel } from './status-label.tsx'

const looks = {
  pending: { icon: CircleDashed, tone: 'waiting' },
  retrying: { icon: RotateCw, tone: 'waiting' },
  held: { icon: CirclePause, tone: 'off' },
  succeeded: { icon: CircleCheck, tone: 'good' },
  failed: { icon: CircleX, tone: 'bad' },
  cancelled: { icon: Ban, tone: 'off' },
} as const

/** A pending delivery that was tried already is being retried, unless its subscription is stopped. */
export function DeliveryStatusLabel({
  status,
  attempts,
  held = false,
}: {
  status: DeliveryStatus
  attempts: number
  /** It waits until its subscription is resumed. */
  held?: boolean
}) {
  const t = useMessages()
  const tried = attempts > 0 ? 'retrying' : 'pending'
  const state = status === 'pending' ? (held ? 'held' : tried) : status
  return <StatusLabel {...looks[state]} label={t.statuses[state]} />
}
