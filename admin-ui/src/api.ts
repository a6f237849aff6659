import { createPosthornClient } from '@posthorn/sdk'

/** The server mounts the console below the API; `<base>` says where the console is. */
export const apiUrl = new URL('../', document.baseURI).href

export function createClient(apiKey: string) {
  return createPosthornClient({ url: apiUrl, apiKey })
}

export type Client = ReturnType<typeof createClient>
export type Session = Awaited<ReturnType<Client['session']>>
export type Organisation = Awaited<ReturnType<Client['organisations']['list']>>['data'][number]
export type Subscription = Awaited<ReturnType<Client['subscriptions']['list']>>['data'][number]
export type DeliveryPage = Awaited<ReturnType<Client['deliveries']['list']>>
export type Delivery = DeliveryPage['data'][number]
export type DeliveryDetail = Awaited<ReturnType<Client['deliveries']['get']>>
export type DeliveryStatus = Delivery['status']
export type Attempt = Awaited<ReturnType<Client['deliveries']['attempts']>>['data'][number]

export const deliveryStatuses = [
  'pending',
  'succeeded',
  'failed',
  'cancelled',
] as const satisfies DeliveryStatus[]

/** What the page can do for whoever signed in. */
export interface Access {
  client: Client
  session: Session
}
