import { Text } from '@mantine/core'
import type { Subscription } from '@posthorn/sdk'
import { placeOf } from '../describe-subscription.ts'
import { SubscriptionStateLabel } from '../state-label.tsx'
import classes from './list-cells.module.css'
import { type CellContext, MenuButton, SubscriptionLink, successOf } from './list-columns.tsx'

/** A row where there is no room for columns. */
export function SubscriptionCard({
  subscription,
  ...context
}: CellContext & { subscription: Subscription }) {
  return (
    <div className={classes['card']}>
      <span className={classes['name']}>
        <SubscriptionLink subscription={subscription} />
      </span>
      <MenuButton subscription={subscription} {...context} />
      <span className={classes['name']}>
        <SubscriptionStateLabel subscription={subscription} />
        <span className={classes['place']}>
          {subscription.url === null ? context.t.subscriptions.pulled : placeOf(subscription.url)}
        </span>
      </span>
      <Text size="xs">{successOf(context.figures.get(subscription.id), context.t)}</Text>
    </div>
  )
}
