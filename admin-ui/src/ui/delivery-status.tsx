import { Ban, CircleCheck, CircleDashed, CircleX, RotateCw } from 'lucide-react'
import type { DeliveryStatus } from '../filter/delivery-filter.ts'
import { useMessages } from '../messages/use-messages.ts'
import { StatusLabel } from './status-label.tsx'

const looks = {
  pending: { icon: CircleDashed, tone: 'waiting' },
  retrying: { icon: RotateCw, tone: 'waiting' },
  succeeded: { icon: CircleCheck, tone: 'good' },
  failed: { icon: CircleX, tone: 'bad' },
  cancelled: { icon: Ban, tone: 'off' },
} as const

/** A pending delivery that was tried already is being retried. */
export function DeliveryStatusLabel({
  status,
  attempts,
}: {
  status: DeliveryStatus
  attempts: number
}) {
  const t = useMessages()
  const state = status === 'pending' && attempts > 0 ? 'retrying' : status
  return <StatusLabel {...looks[state]} label={t.statuses[state]} />
}
