import { Link, useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { useCan } from '../session/session-context.ts'
import classes from './detail-tabs.module.css'

const tabs = [
  { name: 'overview', to: '/subscriptions/$id', scope: 'subscriptions:read' },
  { name: 'deliveries', to: '/subscriptions/$id/deliveries', scope: 'deliveries:read' },
  { name: 'settings', to: '/subscriptions/$id/settings', scope: 'subscriptions:write' },
  { name: 'secret', to: '/subscriptions/$id/secret', scope: 'subscriptions:write' },
  { name: 'test', to: '/subscriptions/$id/test', scope: 'subscriptions:write' },
] as const

/** The parts of a subscription: pages of their own, so links rather than tabs to who does not see them. */
export function DetailTabs({ id, pulled }: { id: string; pulled: boolean }) {
  const t = useMessages().subscriptionDetail.tabs
  const can = useCan()
  const nav = useRef<HTMLElement>(null)
  const path = useLocation({ select: ({ pathname }) => pathname })
  // biome-ignore lint/correctness/useExhaustiveDependencies: where there is no room for all, the one of the page is shown
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [path])
  return (
    <nav ref={nav} className={classes['tabs']} aria-label={t.label}>
      {tabs
        .filter(({ name, scope }) => can(scope) && !(pulled && name === 'secret'))
        .map(({ name, to }) => (
          <Link
            key={name}
            to={to}
            params={{ id }}
            className={classes['tab'] ?? ''}
            activeOptions={{ exact: true, includeSearch: false }}
          >
            {t[name]}
          </Link>
        ))}
    </nav>
  )
}
