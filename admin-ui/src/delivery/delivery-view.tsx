export interface DeliveryViewProps {
  id: string
  /** The attempt that is shown; the last one when it is not said. */
  attempt?: number | undefined
  onAttempt(attempt: number): void
  /** Beside the list, rather than a page of its own. */
  onClose?: (() => void) | undefined
}

export function DeliveryView({ id }: DeliveryViewProps) {
  return id
}
