import type { Page } from 'playwright-core'
import type { Samples } from '../support/console/samples.ts'
import { keys, subscriptions } from '../support/console/seed-ids.ts'
import { type ConsoleRoute, consoleRoutes } from './routes.ts'

/** A page in a state that is worth seeing. */
export interface Scene {
  /** `deliveries` or `deliveries--pane`. */
  name: string
  path: string
  token?: string
  /** Before the page is opened. */
  prepare?: (page: Page) => Promise<void>
  /** When it has come to rest. */
  act?: (page: Page) => Promise<void>
}

/** Every page with data, with nothing and with a server that fails; then what takes a step to see. */
export function scenes(samples: Samples): Scene[] {
  const routes = consoleRoutes(samples)
  return [
    { name: 'sign-in', path: '/' },
    ...routes.map(({ name, path, of = 'acme' }) => ({ name, path, token: keys[of] })),
    ...routes.filter(isList).map(({ name, path, of }) => ({
      name: `${name}--empty`,
      path,
      token: of === 'platform' ? keys.platform : keys.empty,
    })),
    ...routes.map(({ name, path, of = 'acme' }) => ({
      name: `${name}--error`,
      path,
      token: keys[of],
      prepare: failEveryRequest,
    })),
    { name: 'overview--platform', path: '/', token: keys.platform },
    { name: 'deliveries--many', path: '/deliveries', token: keys.large },
    { name: 'deliveries--no-match', path: '/deliveries?status=cancelled', token: keys.large },
    { name: 'deliveries--hostile', path: '/deliveries', token: keys.hostile },
    { name: 'subscriptions--hostile', path: '/subscriptions', token: keys.hostile },
    { name: 'subscriptions--reader', path: '/subscriptions', token: keys.reader },
    ...['retryingDelivery', 'succeededDelivery'].map((name) => ({
      name: `delivery--${name}`,
      path: `/deliveries/${samples[name as 'retryingDelivery' | 'succeededDelivery']}`,
      token: keys.acme,
    })),
    {
      name: 'subscription-secret--public-key',
      path: `/subscriptions/${subscriptions.ordered}/secret`,
      token: keys.acme,
    },
    {
      name: 'subscription-secret--rotating',
      path: `/subscriptions/${subscriptions.ordered}/secret`,
      token: keys.acme,
      act: (page) => page.getByRole('button', { name: /^Rotate/ }).click(),
    },
    ...(['failing', 'paused', 'disabled', 'ordered'] as const).map((name) => ({
      name: `subscription--${name}`,
      path: `/subscriptions/${subscriptions[name]}`,
      token: keys.acme,
    })),
  ]
}

function isList({ path, of }: ConsoleRoute): boolean {
  return of !== 'platform' && path.split('/').length === 2
}

/** All of the API but the session fails, as when its database is gone. */
export async function failEveryRequest(page: Page): Promise<void> {
  await page.route(
    (url) => /\/v1\/(?!session$)/.test(url.pathname),
    (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          type: 'about:blank',
          title: 'The database cannot be reached',
          status: 503,
          code: 'database_unavailable',
          requestId: '019a9d2e-5c00-7000-8000-000000000001',
        }),
      }),
  )
}
