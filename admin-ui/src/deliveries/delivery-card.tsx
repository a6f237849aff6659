import type { Delivery } from '@posthorn/sdk'
import { TimeText } from '../time/time.tsx'
import { DeliveryStatusLabel } from '../ui/delivery-status.tsx'
import classes from './delivery-cells.module.css'
import { AnswerText, type CellContext, DeliveryLink } from './delivery-columns.tsx'

/** A delivery in two lines, where there is no room for columns. */
export function DeliveryCard({ delivery, cells }: { delivery: Delivery; cells: CellContext }) {
  const { t, nameOf, isHeld, onOpen } = cells
  return (
    <div className={classes['card']}>
      <div className={classes['cardLine']}>
        <DeliveryStatusLabel
          status={delivery.status}
          attempts={delivery.attempts}
          held={isHeld(delivery)}
        />
        <span className={classes['cardName']}>
          <DeliveryLink delivery={delivery} onOpen={onOpen} />
        </span>
        <span className={classes['cardSmall']}>
          <AnswerText delivery={delivery} t={t} />
        </span>
      </div>
      <div className={classes['cardLine']}>
        <span className={`${classes['cardName']} ${classes['cardSmall']}`}>
          {nameOf(delivery.subscriptionId)}
        </span>
        <time dateTime={delivery.createdAt} className={classes['cardSmall']}>
          <TimeText value={delivery.createdAt} />
        </time>
      </div>
    </div>
  )
}
