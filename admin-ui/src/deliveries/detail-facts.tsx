import type { DeliveryDetail, Subscription } from '@posthorn/sdk'
import type { ReactNode } from 'react'
import { messages } from '../messages.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { subscriptionName } from './subscription-name.ts'

const { columns } = messages.deliveries

interface Props {
  delivery: DeliveryDetail
  subscriptions: readonly Subscription[]
}

export function DetailFacts({ delivery, subscriptions }: Props) {
  return (
    <dl className="facts">
      <Fact title={columns.subscription}>
        {subscriptionName(subscriptions, delivery.subscriptionId)}
      </Fact>
      <Fact title={columns.entity}>
        {delivery.entityType} <span className="mono">{delivery.entityId}</span>
      </Fact>
      <Fact title={messages.detail.event}>
        <span className="mono">{delivery.eventId}</span>
      </Fact>
      <Fact title={messages.detail.delivery}>
        <span className="mono">{delivery.id}</span>
      </Fact>
      <Fact title={columns.created}>
        <RelativeTime value={delivery.createdAt} />
      </Fact>
      {delivery.finishedAt && (
        <Fact title={messages.detail.finished}>
          <RelativeTime value={delivery.finishedAt} />
        </Fact>
      )}
      {delivery.nextAttemptAt && (
        <Fact title={columns.next}>
          <RelativeTime value={delivery.nextAttemptAt} past={messages.deliveries.dueNow} />
        </Fact>
      )}
      <Fact title={messages.detail.trigger}>
        {messages.triggers[delivery.trigger] ?? delivery.trigger}
      </Fact>
    </dl>
  )
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  )
}
