import { Stack, Title } from '@mantine/core'
import type { Subscription } from '@posthorn/sdk'
import type { ReactNode } from 'react'
import { useMessages } from '../../messages/use-messages.ts'
import { describeDuration } from '../../time/duration.ts'
import { Time } from '../../time/time.tsx'
import { CopyValue } from '../../ui/copy-value.tsx'
import { Facts } from '../../ui/facts.tsx'

/** How it is sent, and what it is called. */
export function DeliveryFacts({ subscription }: { subscription: Subscription }) {
  const t = useMessages()
  const facts = t.subscriptionDetail.facts
  const { id, uid, organisationId, retry, timeoutMs, rateLimit, ordering, signing } = subscription
  const pulled = subscription.mode === 'pull'
  const rows: (readonly [label: string, value: ReactNode])[] = [
    [facts.retries, retry === null ? facts.standard : facts.own(retry.scheduleSeconds.length)],
    ...(pulled
      ? []
      : ([
          [facts.timeout, timeoutMs === null ? facts.standardTimeout : describeDuration(timeoutMs)],
          [facts.rateLimit, rateLimit === null ? t.common.none : facts.perSecond(rateLimit)],
          [facts.signing, facts[signing]],
        ] as const)),
    [facts.order, ordering === 'entity' ? facts.inOrder : facts.anyOrder],
    [facts.id, <CopyValue key="id" value={id} label={facts.id} />],
    [
      facts.uid,
      uid === null ? t.common.none : <CopyValue key="uid" value={uid} label={facts.uid} />,
    ],
    [
      facts.organisation,
      organisationId === null ? (
        t.subscriptions.platform
      ) : (
        <CopyValue key="organisation" value={organisationId} label={facts.organisation} />
      ),
    ],
    [facts.created, <Time key="created" value={subscription.createdAt} />],
    [facts.updated, <Time key="updated" value={subscription.updatedAt} />],
  ]
  return (
    <Stack gap="xs" component="section">
      <Title order={2} size="h5">
        {facts.title}
      </Title>
      <Facts facts={rows} />
    </Stack>
  )
}
