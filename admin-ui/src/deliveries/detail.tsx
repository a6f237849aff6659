import type { Attempt, DeliveryDetail, Subscription } from '@posthorn/sdk'
import { useCallback } from 'react'
import type { Access } from '../api.ts'
import { messages } from '../messages.ts'
import { Panel } from '../ui/panel.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useLoaded } from '../ui/use-loaded.ts'
import { AttemptTimeline } from './attempt-timeline.tsx'
import { DetailFacts } from './detail-facts.tsx'
import { Replay } from './replay.tsx'
import { RequestBody } from './request-body.tsx'

interface Props {
  id: string
  access: Access
  subscriptions: readonly Subscription[]
  onClose: () => void
}

interface Loaded {
  delivery: DeliveryDetail
  attempts: readonly Attempt[]
}

/** One delivery: what was sent, what came back, and once more. */
export function Detail({ id, access, subscriptions, onClose }: Props) {
  const { client } = access
  const load = useCallback(async (): Promise<Loaded> => {
    const [delivery, attempts] = await Promise.all([
      client.deliveries.get(id),
      client.deliveries.attempts(id),
    ])
    return { delivery, attempts: attempts.data }
  }, [client, id])
  const { data, problem, reload } = useLoaded(load, whilePending)

  return (
    <Panel title={data?.delivery.eventType ?? messages.detail.delivery} onClose={onClose}>
      {problem && <ProblemNotice problem={problem} onRetry={reload} />}
      {!data && !problem && <p role="status">{messages.detail.loading}</p>}
      {data && (
        <>
          <Replay access={access} delivery={data.delivery} onReplayed={reload} />
          <DetailFacts delivery={data.delivery} subscriptions={subscriptions} />
          <AttemptTimeline {...data} />
          <RequestBody body={data.delivery.requestBody} />
        </>
      )}
    </Panel>
  )
}

/** A finished delivery does not change by itself. */
function whilePending(data: Loaded | undefined): number | undefined {
  return data?.delivery.status === 'pending' ? 2000 : undefined
}
