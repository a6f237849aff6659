import { PosthornApiError } from '@posthorn/sdk'
import { useMessages } from '../messages/use-messages.ts'
import { LoadingPage } from '../ui/loading-page.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { DeliveryActions } from './delivery-actions.tsx'
import { DeliveryAttempts } from './delivery-attempts.tsx'
import { DeliveryFacts } from './delivery-facts.tsx'
import { DeliveryFrame } from './delivery-frame.tsx'
import { DeliveryHeading } from './delivery-heading.tsx'
import { MissingDelivery } from './missing-delivery.tsx'
import { OtherDeliveries } from './other-deliveries.tsx'
import { Outlook } from './outlook.tsx'
import { useDelivery } from './use-delivery.ts'
import { useSubscription } from './use-subscription.ts'

export interface DeliveryViewProps {
  id: string
  /** The attempt that is shown; the last one when it is not said. */
  attempt?: number | undefined
  onAttempt(attempt: number): void
  /** Beside the list, rather than a page of its own. */
  onClose?: (() => void) | undefined
}

/** One delivery: what became of it, what comes next, and every attempt to the byte. */
export function DeliveryView({ id, attempt, onAttempt, onClose }: DeliveryViewProps) {
  const t = useMessages()
  const { data, error, refetch } = useDelivery(id)
  const { subscription, name, isKnown } = useSubscription(data?.delivery.subscriptionId)
  if (!data) {
    if (error instanceof PosthornApiError && error.status === 404) {
      return <MissingDelivery onClose={onClose} />
    }
    return (
      <DeliveryFrame id={id} title={t.delivery.facts.id} onClose={onClose}>
        {error ? <ProblemAlert error={error} onRetry={() => void refetch()} /> : <LoadingPage />}
      </DeliveryFrame>
    )
  }
  const { delivery, attempts } = data
  const chosen = attempts.find(({ number }) => number === attempt) ?? attempts.at(-1)
  return (
    <DeliveryFrame
      id={id}
      title={t.delivery.title(delivery.eventType, name)}
      heading={<DeliveryHeading delivery={delivery} name={name} isKnown={isKnown} />}
      actions={
        <DeliveryActions
          delivery={delivery}
          subscription={subscription}
          attempt={chosen}
          onReplayed={() => onAttempt(delivery.attempts + 1)}
        />
      }
      onClose={onClose}
    >
      <Outlook delivery={delivery} subscription={subscription} />
      <DeliveryFacts delivery={delivery} />
      <DeliveryAttempts
        delivery={delivery}
        attempts={attempts}
        chosen={chosen}
        onAttempt={onAttempt}
        isPage={onClose === undefined}
      />
      <OtherDeliveries delivery={delivery} isPage={onClose === undefined} />
    </DeliveryFrame>
  )
}
