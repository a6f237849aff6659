import type { Subscription } from '@posthorn/sdk'
import { describeDuration } from '../../time/duration.ts'
import { useNow } from '../../time/use-now.ts'
import { SubscriptionStateLabel } from '../state-label.tsx'
import classes from './list-cells.module.css'

/** Its state, and since when or why where that is not plain. */
export function StateCell({ subscription }: { subscription: Subscription }) {
  const { status, disabledReason, problem, health } = subscription
  const reason = disabledReason ?? problem
  return (
    <span className={classes['state']} title={reason ?? health.lastError ?? undefined}>
      <SubscriptionStateLabel subscription={subscription} />
      <span className={classes['place']}>
        {reason ??
          (status === 'active' && health.failingSince !== null && (
            <Since time={health.failingSince} />
          ))}
      </span>
    </span>
  )
}

function Since({ time }: { time: string }) {
  return describeDuration(Math.max(0, useNow() - Date.parse(time)))
}
