import type { Subscription } from '@posthorn/sdk'
import { deliveryStatuses } from '../api.ts'
import { messages } from '../messages.ts'
import { subscriptionName } from './subscription-name.ts'
import type { DeliveryFilters } from './use-deliveries.ts'

interface Props {
  filters: DeliveryFilters
  subscriptions: readonly Subscription[]
  onChange: (filters: DeliveryFilters) => void
}

export function Filters({ filters, subscriptions, onChange }: Props) {
  const { status, subscriptionId } = filters
  const chooseStatus = (value: string) => {
    const chosen = deliveryStatuses.find((one) => one === value)
    onChange({ ...(chosen && { status: chosen }), ...(subscriptionId && { subscriptionId }) })
  }
  const chooseSubscription = (value: string) => {
    onChange({ ...(status && { status }), ...(value && { subscriptionId: value }) })
  }
  return (
    <fieldset className="filters">
      <legend className="visually-hidden">{messages.filters.group}</legend>
      <label className="field">
        <span>{messages.filters.status}</span>
        <select value={status ?? ''} onChange={(event) => chooseStatus(event.target.value)}>
          <option value="">{messages.filters.allStatuses}</option>
          {deliveryStatuses.map((one) => (
            <option key={one} value={one}>
              {messages.statuses[one]}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{messages.filters.subscription}</span>
        <select
          value={subscriptionId ?? ''}
          onChange={(event) => chooseSubscription(event.target.value)}
        >
          <option value="">{messages.filters.allSubscriptions}</option>
          {subscriptions.map(({ id }) => (
            <option key={id} value={id}>
              {subscriptionName(subscriptions, id)}
            </option>
          ))}
        </select>
      </label>
    </fieldset>
  )
}
