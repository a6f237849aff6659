import type { Samples } from '../support/console/samples.ts'
import { subscriptions } from '../support/console/seed-ids.ts'
import { replayIds } from '../support/console/seed-replays.ts'

/** A page of the console, as it is opened in the seeded organisation. */
export interface ConsoleRoute {
  name: string
  path: string
  /** Whose page it is: only the platform's operators have those of the whole installation. @default 'acme' */
  of?: 'acme' | 'platform'
}

/** Every page there is. */
export function consoleRoutes(samples: Samples): ConsoleRoute[] {
  const subscription = `/subscriptions/${subscriptions.stumbling}`
  return [
    { name: 'overview', path: '/' },
    { name: 'subscriptions', path: '/subscriptions' },
    { name: 'subscription-new', path: '/subscriptions/new' },
    { name: 'subscription', path: subscription },
    { name: 'subscription-deliveries', path: `${subscription}/deliveries` },
    { name: 'subscription-settings', path: `${subscription}/settings` },
    { name: 'subscription-secret', path: `${subscription}/secret` },
    { name: 'subscription-test', path: `${subscription}/test` },
    { name: 'deliveries', path: '/deliveries' },
    { name: 'delivery', path: `/deliveries/${samples.failedDelivery}` },
    { name: 'failures', path: '/failures' },
    { name: 'replays', path: '/replays' },
    { name: 'replay', path: `/replays/${replayIds.running}` },
    { name: 'events', path: '/events' },
    { name: 'event', path: `/events/${samples.event}` },
    { name: 'catalogue', path: '/catalogue' },
    { name: 'event-type', path: '/catalogue/IssueStatusChanged' },
    { name: 'keys', path: '/keys' },
    { name: 'audit', path: '/audit' },
    { name: 'settings', path: '/settings' },
    { name: 'organisations', path: '/organisations', of: 'platform' },
    { name: 'system', path: '/system', of: 'platform' },
  ]
}
