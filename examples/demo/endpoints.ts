import type { EventToEmit, SubscriptionInput } from '@posthorn/sdk'
import type { EndpointName } from './receiver.ts'

/** What the integrator subscribes an endpoint to. */
export interface Endpoint {
  name: EndpointName
  settings: Omit<SubscriptionInput, 'url'>
  /** The same in the demo's own words, so that what is expected does not come from what is tested. */
  hears(event: EventToEmit): boolean
}

export const endpoints: Endpoint[] = [
  {
    name: 'good',
    settings: { description: 'Hears everything and always works' },
    hears: () => true,
  },
  {
    name: 'flaky',
    settings: {
      description: 'Issues and GitHub; fails the first attempt of every third event',
      eventTypes: ['Issue*', 'GithubEventReceived'],
    },
    hears: ({ entityType }) => entityType === 'Issue' || entityType === 'Repository',
  },
  {
    name: 'down',
    settings: {
      description: 'New tenants; not reachable until somebody mends it',
      eventTypes: ['TenantCreated'],
      retry: { scheduleSeconds: [1, 1] },
    },
    hears: ({ eventType }) => eventType === 'TenantCreated',
  },
]
