import type { Delivery } from '@posthorn/sdk'
import { Link } from '@tanstack/react-router'
import type { MouseEvent } from 'react'
import type { Column } from '../grid/columns.ts'
import type { Messages } from '../messages/use-messages.ts'
import { Countdown } from '../time/countdown.tsx'
import { describeDuration } from '../time/duration.ts'
import { TimeText } from '../time/time.tsx'
import { DeliveryStatusLabel } from '../ui/delivery-status.tsx'
import classes from './delivery-cells.module.css'
import { RowMenuButton } from './row-menu.tsx'

export const columnIds = [
  'status',
  'eventType',
  'entity',
  'subscription',
  'answer',
  'duration',
  'attempts',
  'created',
  'next',
] as const

export interface CellContext {
  t: Messages
  nameOf: (subscriptionId: string) => string
  /** Whether it waits until its subscription is resumed. */
  isHeld: (delivery: Delivery) => boolean
  /** Shows the delivery beside the list, where there is room. */
  onOpen: (delivery: Delivery) => void
  onMenu: (delivery: Delivery, button: HTMLElement) => void
}

/** How the last attempt went: the answer's status, or why there was none. */
export function AnswerText({ delivery, t }: { delivery: Delivery; t: Messages }) {
  const { lastStatusCode, lastOutcome } = delivery
  if (lastStatusCode !== null) return lastStatusCode
  return lastOutcome === null ? t.common.none : (t.outcomes[lastOutcome] ?? lastOutcome)
}

/** A link that can be opened elsewhere; a plain click stays in the log. */
export function DeliveryLink({
  delivery,
  onOpen,
}: Pick<CellContext, 'onOpen'> & { delivery: Delivery }) {
  const openHere = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    onOpen(delivery)
  }
  return (
    <Link
      to="/deliveries/$id"
      params={{ id: delivery.id }}
      onClick={openHere}
      className={classes['link']}
      tabIndex={-1}
    >
      {delivery.eventType}
    </Link>
  )
}

function NextAttempt({ delivery, held, t }: { delivery: Delivery; held: boolean; t: Messages }) {
  if (delivery.nextAttemptAt === null) return t.common.none
  if (held) return <span title={t.deliveries.heldText}>{t.deliveries.whenResumed}</span>
  return <Countdown until={delivery.nextAttemptAt} past={t.deliveries.dueNow} />
}

export function deliveryColumns(cells: CellContext): (Column<Delivery> & { id: string })[] {
  const { t, nameOf, isHeld, onMenu } = cells
  const names = t.deliveries.columns
  return [
    {
      id: 'status',
      header: names.status,
      width: '7.5rem',
      render: (delivery) => (
        <DeliveryStatusLabel
          status={delivery.status}
          attempts={delivery.attempts}
          held={isHeld(delivery)}
        />
      ),
    },
    {
      id: 'eventType',
      header: names.eventType,
      width: 'minmax(10rem, 1.5fr)',
      render: (delivery) => <DeliveryLink delivery={delivery} onOpen={cells.onOpen} />,
    },
    {
      id: 'entity',
      header: names.entity,
      width: 'minmax(8rem, 1fr)',
      gridWidthMin: 1060,
      render: ({ entityType, entityId }) => (
        <span title={entityId}>
          <code className={classes['id']}>{entityId.slice(-8)}</code> {entityType}
        </span>
      ),
    },
    {
      id: 'subscription',
      header: names.subscription,
      width: 'minmax(9rem, 1.4fr)',
      gridWidthMin: 760,
      render: ({ subscriptionId }) => (
        <Link
          to="/subscriptions/$id"
          params={{ id: subscriptionId }}
          className={classes['quiet']}
          tabIndex={-1}
          title={nameOf(subscriptionId)}
        >
          {nameOf(subscriptionId)}
        </Link>
      ),
    },
    {
      id: 'answer',
      header: names.answer,
      width: '7rem',
      render: (delivery) => (
        <span title={delivery.lastError ?? undefined}>
          <AnswerText delivery={delivery} t={t} />
        </span>
      ),
    },
    {
      id: 'duration',
      header: names.duration,
      width: '4.5rem',
      align: 'end',
      gridWidthMin: 900,
      render: ({ lastDurationMs }) =>
        lastDurationMs === null ? t.common.none : describeDuration(lastDurationMs),
    },
    {
      id: 'attempts',
      header: names.attempts,
      width: '5rem',
      align: 'end',
      gridWidthMin: 980,
      render: ({ attempts }) => attempts,
    },
    {
      id: 'created',
      header: names.created,
      width: '10.25rem',
      render: ({ createdAt }) => (
        <time dateTime={createdAt} title={createdAt}>
          <TimeText value={createdAt} />
        </time>
      ),
    },
    {
      id: 'next',
      header: names.next,
      width: '7rem',
      align: 'end',
      gridWidthMin: 1180,
      render: (delivery) => <NextAttempt delivery={delivery} held={isHeld(delivery)} t={t} />,
    },
    {
      id: 'menu',
      header: t.common.more,
      headerHidden: true,
      width: '2.5rem',
      render: (delivery) => (
        <RowMenuButton label={t.deliveries.rowMenu} onOpen={(button) => onMenu(delivery, button)} />
      ),
    },
  ]
}
