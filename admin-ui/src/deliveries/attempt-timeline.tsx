import type { Attempt, DeliveryDetail } from '@posthorn/sdk'
import { messages } from '../messages.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { AttemptEntry } from './attempt.tsx'

interface Props {
  delivery: DeliveryDetail
  attempts: readonly Attempt[]
}

export function AttemptTimeline({ delivery, attempts }: Props) {
  return (
    <section>
      <h3>{messages.detail.attempts}</h3>
      {attempts.length === 0 && <p className="hint">{messages.detail.noAttempts}</p>}
      <ol className="timeline">
        {attempts.map((attempt, at) => (
          <AttemptEntry key={attempt.number} attempt={attempt} open={at === attempts.length - 1} />
        ))}
        {delivery.nextAttemptAt && (
          <li className="upcoming">
            {messages.deliveries.columns.next}{' '}
            <RelativeTime value={delivery.nextAttemptAt} past={messages.deliveries.dueNow} />
          </li>
        )}
      </ol>
    </section>
  )
}
