import { ActionIcon } from '@mantine/core'
import type { Subscription } from '@posthorn/sdk'
import { Link } from '@tanstack/react-router'
import { Ellipsis } from 'lucide-react'
import { Sparkline } from '../../charts/sparkline.tsx'
import type { Column } from '../../grid/columns.ts'
import { share } from '../../messages/share.ts'
import type { Messages } from '../../messages/use-messages.ts'
import { describeDuration } from '../../time/duration.ts'
import { TimeText } from '../../time/time.tsx'
import { CopyIcon } from '../../ui/copy-value.tsx'
import { lastDeliveryAt, nameOf, pathOf } from '../describe-subscription.ts'
import { EventTypeNames } from './event-type-names.tsx'
import classes from './list-cells.module.css'
import { StateCell } from './state-cell.tsx'
import type { Figures } from './use-subscription-list.ts'

export interface CellContext {
  t: Messages
  figures: ReadonlyMap<string, Figures>
  /** Whose it is says something only where all are shown. */
  withOrganisation: boolean
  onMenu(subscription: Subscription, button: HTMLElement): void
}

export function SubscriptionLink({ subscription }: { subscription: Subscription }) {
  return (
    <Link
      to="/subscriptions/$id"
      params={{ id: subscription.id }}
      className={classes['link'] ?? ''}
      tabIndex={-1}
    >
      {nameOf(subscription)}
    </Link>
  )
}

export function MenuButton({
  subscription,
  t,
  onMenu,
}: CellContext & { subscription: Subscription }) {
  return (
    <ActionIcon
      aria-label={t.subscriptions.actions.of(nameOf(subscription))}
      aria-haspopup="menu"
      tabIndex={-1}
      onClick={(event) => onMenu(subscription, event.currentTarget)}
    >
      <Ellipsis size={16} aria-hidden />
    </ActionIcon>
  )
}

/** Success of the last day, or nothing. */
export function successOf(figures: Figures | undefined, t: Messages): string {
  const rate = figures?.successRate ?? null
  return rate === null ? t.common.none : share(rate)
}

export function listColumns(context: CellContext): Column<Subscription>[] {
  const { t, figures, withOrganisation } = context
  const { columns } = t.subscriptions
  const time = (value: string | null) =>
    value === null ? t.common.none : <TimeText value={value} />
  return [
    {
      id: 'state',
      header: columns.state,
      width: '11rem',
      render: (row) => <StateCell subscription={row} />,
    },
    {
      id: 'name',
      header: columns.name,
      width: 'minmax(14rem, 2fr)',
      render: (row) => (
        <span className={classes['name']}>
          <SubscriptionLink subscription={row} />
          {row.url === null ? (
            <span className={classes['place']}>{t.subscriptions.pulled}</span>
          ) : (
            <>
              {row.description !== null && (
                <span className={classes['place']} title={row.url}>
                  {pathOf(row.url)}
                </span>
              )}
              <CopyIcon value={row.url} label={t.subscriptions.url} />
            </>
          )}
        </span>
      ),
    },
    ...(withOrganisation
      ? [
          {
            id: 'organisation',
            header: columns.organisation,
            width: '9rem',
            gridWidthMin: 1000,
            render: (row: Subscription) => (
              <span title={row.organisationId ?? t.subscriptions.platform}>
                {row.organisationId?.slice(0, 13) ?? t.subscriptions.platform}
              </span>
            ),
          },
        ]
      : []),
    {
      id: 'entityTypes',
      header: columns.entityTypes,
      width: 'minmax(6rem, 0.7fr)',
      gridWidthMin: 1250,
      render: (row) => row.entityTypes?.join(', ') ?? t.subscriptions.all,
    },
    {
      id: 'eventTypes',
      header: columns.eventTypes,
      width: 'minmax(9rem, 1.3fr)',
      gridWidthMin: 780,
      render: (row) => <EventTypeNames names={row.eventTypes} />,
    },
    {
      id: 'last24h',
      header: columns.last24h,
      width: '8.5rem',
      gridWidthMin: 900,
      render: ({ id }) => {
        const own = figures.get(id)
        if (!own) return t.common.none
        const label = t.subscriptions.sparkline(own.succeeded, own.failed)
        return <Sparkline data={own.sparkline} label={label} />
      },
    },
    {
      id: 'success',
      header: columns.success,
      width: '5rem',
      align: 'end',
      render: ({ id }) => successOf(figures.get(id), t),
    },
    {
      id: 'p95',
      header: columns.p95,
      width: '4.5rem',
      align: 'end',
      gridWidthMin: 1000,
      render: ({ id }) => {
        const p95 = figures.get(id)?.p95Ms ?? null
        return p95 === null ? t.common.none : describeDuration(p95)
      },
    },
    {
      id: 'lastDelivery',
      header: columns.lastDelivery,
      width: '10.25rem',
      gridWidthMin: 700,
      render: (row) => time(lastDeliveryAt(row)),
    },
    {
      id: 'updated',
      header: columns.updated,
      width: '8rem',
      gridWidthMin: 1350,
      render: (row) => time(row.updatedAt),
    },
    {
      id: 'menu',
      header: columns.menu,
      width: '4.75rem',
      align: 'end',
      render: (row) => <MenuButton subscription={row} {...context} />,
    },
  ]
}
