import type { DeliveryStatus } from '../api.ts'
import { messages } from '../messages.ts'

/** One shape per status, so that colour is never what tells them apart. */
const shapes: Record<DeliveryStatus, string> = {
  pending: 'M8 4.5V8l2.3 1.5',
  succeeded: 'm5.2 8.2 2 2 3.8-4.2',
  failed: 'm5.7 5.7 4.6 4.6m0-4.6-4.6 4.6',
  cancelled: 'M5 8h6',
}

export function StatusBadge({ status, label }: { status: DeliveryStatus; label?: string }) {
  return (
    <span className={`badge badge-${status}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="6.5" />
        <path d={shapes[status]} />
      </svg>
      {label ?? messages.statuses[status]}
    </span>
  )
}
