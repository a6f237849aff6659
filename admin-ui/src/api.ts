import {
  createPosthornClient,
  type Delivery,
  type PosthornClient,
  type Session,
} from '@posthorn/sdk'

/** The server mounts the console below the API; `<base>` says where the console is. */
export const apiUrl = new URL('../', document.baseURI).href

/** Somebody is waiting: say soon that it failed, rather than try for long. */
export function createClient(apiKey: string): PosthornClient {
  return createPosthornClient({ url: apiUrl, apiKey, retries: 1, timeoutMs: 15_000 })
}

/** What the page can do for whoever signed in. */
export interface Access {
  client: PosthornClient
  session: Session
}

export type DeliveryStatus = Delivery['status']

export const deliveryStatuses = [
  'pending',
  'succeeded',
  'failed',
  'cancelled',
] as const satisfies DeliveryStatus[]
