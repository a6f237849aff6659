import { Group, Text } from '@mantine/core'
import type { DeliveryDetail, Subscription } from '@posthorn/sdk'
import type { ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { ClockTime } from '../time/clock-time.tsx'
import { Countdown } from '../time/countdown.tsx'
import { Time } from '../time/time.tsx'
import { useNow } from '../time/use-now.ts'
import { DeliveryStatusLabel } from '../ui/delivery-status.tsx'
import classes from './delivery.module.css'

interface Props {
  delivery: DeliveryDetail
  subscription: Subscription | undefined
}

/** Where it stands, and what happens next. */
export function Outlook({ delivery, subscription }: Props) {
  const t = useMessages().delivery.outlook
  const { status, attempts, finishedAt } = delivery
  const held =
    status === 'pending' && subscription !== undefined && subscription.status !== 'active'
  return (
    <Group gap="sm" className={classes['outlook']}>
      <DeliveryStatusLabel status={status} attempts={attempts} held={held} />
      <Text size="sm" component="div">
        {status === 'pending' ? (
          <Coming delivery={delivery} subscription={subscription} />
        ) : (
          <>
            {t[status](attempts)}
            {finishedAt && (
              <>
                {' · '}
                <Time value={finishedAt} />
              </>
            )}
          </>
        )}
      </Text>
    </Group>
  )
}

function Coming({ delivery, subscription }: Props): ReactNode {
  const t = useMessages().delivery.outlook
  const nowMs = useNow()
  if (subscription && subscription.status !== 'active') return t[subscription.status]
  const [next] = delivery.plannedAttempts
  const last = delivery.plannedAttempts.at(-1)
  if (!next || !last) return t.dueNow
  return (
    <>
      {Date.parse(next.at) <= nowMs ? (
        t.dueNow
      ) : (
        <>
          {t.nextIn}{' '}
          <b className={classes['digits']}>
            <Countdown until={next.at} past="" />
          </b>
          {', '}
          <ClockTime value={next.at} />
        </>
      )}
      {' · '}
      {t.left(delivery.plannedAttempts.length, last.number)}
      {last !== next && (
        <>
          {', '}
          {t.lastAt} <ClockTime value={last.at} />
        </>
      )}
    </>
  )
}
