import type { Delivery, Subscription } from '@posthorn/sdk'
import { messages } from '../messages.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { StatusBadge } from '../ui/status-badge.tsx'
import { shortId, subscriptionName } from './subscription-name.ts'

const { columns } = messages.deliveries

interface Props {
  deliveries: readonly Delivery[]
  subscriptions: readonly Subscription[]
  selectedId: string | undefined
  onSelect: (id: string) => void
}

export function DeliveryTable({ deliveries, subscriptions, selectedId, onSelect }: Props) {
  return (
    <table className="deliveries">
      <thead>
        <tr>
          {Object.entries(columns).map(([key, title]) => (
            <th key={key} scope="col" className={`col-${key}`}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {deliveries.map((delivery) => (
          <Row
            key={delivery.id}
            delivery={delivery}
            subscription={subscriptionName(subscriptions, delivery.subscriptionId)}
            selected={delivery.id === selectedId}
            onSelect={() => onSelect(delivery.id)}
          />
        ))}
      </tbody>
    </table>
  )
}

interface RowProps {
  delivery: Delivery
  subscription: string
  selected: boolean
  onSelect: () => void
}

function Row({ delivery, subscription, selected, onSelect }: RowProps) {
  const { none, deliveries } = messages
  return (
    // The button in it is what keys and screen readers use; the row is a larger target for a mouse.
    <tr aria-current={selected || undefined} onClick={onSelect}>
      <td className="col-status">
        <StatusBadge status={delivery.status} />
      </td>
      <th scope="row" className="col-event">
        <button type="button" id={`delivery-${delivery.id}`} className="link">
          {delivery.eventType}
        </button>
      </th>
      <td className="col-entity" title={`${delivery.entityType} ${delivery.entityId}`}>
        {delivery.entityType} <span className="mono">{shortId(delivery.entityId)}</span>
      </td>
      <td className="col-subscription" title={subscription}>
        {subscription}
      </td>
      <td className="col-attempts">
        {delivery.attempts}
        <span className="card-only"> {deliveries.attemptsWord(delivery.attempts)}</span>
      </td>
      <td
        className={delivery.lastError ? 'col-result' : 'col-result table-only'}
        title={delivery.lastError ?? undefined}
      >
        {delivery.lastStatusCode ?? delivery.lastError ?? none}
      </td>
      <td className="col-created">
        <RelativeTime value={delivery.createdAt} />
      </td>
      <td className="col-next">
        {delivery.nextAttemptAt ? (
          <>
            <span className="card-only">{deliveries.nextAttempt} </span>
            <RelativeTime value={delivery.nextAttemptAt} past={deliveries.dueNow} />
          </>
        ) : (
          <span className="table-only">{none}</span>
        )}
      </td>
    </tr>
  )
}
