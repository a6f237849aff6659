import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
  retainSearchParams,
} from '@tanstack/react-router'
import { z } from 'zod/mini'
import { auditSearch } from '../audit/search.ts'
import { catalogueSearch } from '../catalogue/search.ts'
import { deliveriesSearch, deliverySearch } from '../deliveries/search.ts'
import { eventsSearch } from '../events/search.ts'
import { failuresSearch } from '../failures/search.ts'
import { lenient } from '../filter/lenient.ts'
import { parseSearch, stringifySearch } from '../filter/search-params.ts'
import { keysSearch } from '../keys/search.ts'
import { organisationsSearch } from '../organisations/search.ts'
import { overviewSearch } from '../overview/search.ts'
import { replaysSearch } from '../replays/search.ts'
import {
  newSubscriptionSearch,
  subscriptionOverviewSearch,
  subscriptionsSearch,
} from '../subscriptions/search.ts'
import { LoadingPage } from '../ui/loading-page.tsx'
import { NotFound } from './not-found.tsx'
import { PageProblem } from './page-problem.tsx'
import { Shell } from './shell.tsx'

/** For platform credentials: whose pages these are. Kept from page to page. */
const rootSearch = z.object({ organisationId: lenient(z.guid()) })

const root = createRootRoute({
  component: Shell,
  validateSearch: rootSearch,
  search: { middlewares: [retainSearchParams(['organisationId'])] },
  notFoundComponent: NotFound,
})

const page = { getParentRoute: () => root }

const overview = createRoute({
  ...page,
  path: '/',
  validateSearch: overviewSearch,
  component: lazyRouteComponent(() => import('../overview/page.tsx'), 'OverviewPage'),
})
const subscriptions = createRoute({
  ...page,
  path: '/subscriptions',
  validateSearch: subscriptionsSearch,
  component: lazyRouteComponent(() => import('../subscriptions/page.tsx'), 'SubscriptionsPage'),
})
const newSubscription = createRoute({
  ...page,
  path: '/subscriptions/new',
  validateSearch: newSubscriptionSearch,
  component: lazyRouteComponent(
    () => import('../subscriptions/new-page.tsx'),
    'NewSubscriptionPage',
  ),
})
const subscription = createRoute({
  ...page,
  path: '/subscriptions/$id',
  component: lazyRouteComponent(
    () => import('../subscriptions/detail-page.tsx'),
    'SubscriptionPage',
  ),
})
const subscriptionTab = { getParentRoute: () => subscription }
const subscriptionTabs = [
  createRoute({
    ...subscriptionTab,
    path: '/',
    validateSearch: subscriptionOverviewSearch,
    component: lazyRouteComponent(
      () => import('../subscriptions/overview-tab.tsx'),
      'SubscriptionOverviewTab',
    ),
  }),
  createRoute({
    ...subscriptionTab,
    path: 'deliveries',
    validateSearch: deliveriesSearch,
    component: lazyRouteComponent(
      () => import('../subscriptions/deliveries-tab.tsx'),
      'SubscriptionDeliveriesTab',
    ),
  }),
  createRoute({
    ...subscriptionTab,
    path: 'settings',
    component: lazyRouteComponent(
      () => import('../subscriptions/settings-tab.tsx'),
      'SubscriptionSettingsTab',
    ),
  }),
  createRoute({
    ...subscriptionTab,
    path: 'secret',
    component: lazyRouteComponent(
      () => import('../subscriptions/secret-tab.tsx'),
      'SubscriptionSecretTab',
    ),
  }),
  createRoute({
    ...subscriptionTab,
    path: 'test',
    component: lazyRouteComponent(
      () => import('../subscriptions/test-tab.tsx'),
      'SubscriptionTestTab',
    ),
  }),
] as const
const deliveries = createRoute({
  ...page,
  path: '/deliveries',
  validateSearch: deliveriesSearch,
  component: lazyRouteComponent(() => import('../deliveries/page.tsx'), 'DeliveriesPage'),
})
const delivery = createRoute({
  ...page,
  path: '/deliveries/$id',
  validateSearch: deliverySearch,
  component: lazyRouteComponent(() => import('../delivery/page.tsx'), 'DeliveryPage'),
})
const failures = createRoute({
  ...page,
  path: '/failures',
  validateSearch: failuresSearch,
  component: lazyRouteComponent(() => import('../failures/page.tsx'), 'FailuresPage'),
})
const replays = createRoute({
  ...page,
  path: '/replays',
  validateSearch: replaysSearch,
  component: lazyRouteComponent(() => import('../replays/page.tsx'), 'ReplaysPage'),
})
const replay = createRoute({
  ...page,
  path: '/replays/$id',
  component: lazyRouteComponent(() => import('../replays/detail-page.tsx'), 'ReplayPage'),
})
const events = createRoute({
  ...page,
  path: '/events',
  validateSearch: eventsSearch,
  component: lazyRouteComponent(() => import('../events/page.tsx'), 'EventsPage'),
})
const event = createRoute({
  ...page,
  path: '/events/$id',
  component: lazyRouteComponent(() => import('../events/detail-page.tsx'), 'EventPage'),
})
const catalogue = createRoute({
  ...page,
  path: '/catalogue',
  validateSearch: catalogueSearch,
  component: lazyRouteComponent(() => import('../catalogue/page.tsx'), 'CataloguePage'),
})
const eventType = createRoute({
  ...page,
  path: '/catalogue/$name',
  component: lazyRouteComponent(() => import('../catalogue/detail-page.tsx'), 'EventTypePage'),
})
const keys = createRoute({
  ...page,
  path: '/keys',
  validateSearch: keysSearch,
  component: lazyRouteComponent(() => import('../keys/page.tsx'), 'KeysPage'),
})
const audit = createRoute({
  ...page,
  path: '/audit',
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import('../audit/page.tsx'), 'AuditPage'),
})
const organisations = createRoute({
  ...page,
  path: '/organisations',
  validateSearch: organisationsSearch,
  component: lazyRouteComponent(() => import('../organisations/page.tsx'), 'OrganisationsPage'),
})
const system = createRoute({
  ...page,
  path: '/system',
  component: lazyRouteComponent(() => import('../system/page.tsx'), 'SystemPage'),
})
const settings = createRoute({
  ...page,
  path: '/settings',
  component: lazyRouteComponent(() => import('../settings/page.tsx'), 'SettingsPage'),
})

const routeTree = root.addChildren([
  overview,
  subscriptions,
  newSubscription,
  subscription.addChildren([...subscriptionTabs]),
  deliveries,
  delivery,
  failures,
  replays,
  replay,
  events,
  event,
  catalogue,
  eventType,
  keys,
  audit,
  organisations,
  system,
  settings,
])

export function createConsoleRouter(history: RouterHistory, basepath: string) {
  return createRouter({
    routeTree,
    history,
    basepath,
    parseSearch,
    stringifySearch,
    // The history is the host's too when we are a part of its page.
    scrollRestoration: false,
    defaultPreload: 'intent',
    defaultPendingComponent: LoadingPage,
    defaultErrorComponent: PageProblem,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>
  }
}
