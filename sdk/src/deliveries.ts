import type {
  AttemptList,
  Delivery,
  DeliveryDetail,
  DeliveryPage,
  ListDeliveriesData,
} from './generated/types.gen.ts'
import { iteratePages, type QueryOf } from './page.ts'
import { path, type Send } from './request.ts'

/** Filters and page of `deliveries.list`. `limit` is 1 to 250, 50 by default. Filters that are lists take one value, too. */
export type DeliveryQuery = QueryOf<ListDeliveriesData>

/** Deliveries and their attempts. Every call throws PosthornApiError or TypeError. */
export interface Deliveries {
  /** A page, newest first. A platform credential names an organisation or a subscription. */
  list(query?: DeliveryQuery): Promise<DeliveryPage>
  /** All that match, newest first, page by page. */
  iterate(query?: DeliveryQuery): AsyncGenerator<Delivery, void, undefined>
  /** One delivery with the body it sends. Errors: `not_found`. */
  get(id: string): Promise<DeliveryDetail>
  /** Its attempts, first to last; there are no pages. Errors: `not_found`. */
  attempts(id: string): Promise<AttemptList>
  /**
   * Tries it again, now. Sent once only, for a second one would be another replay. Errors: `not_found`,
   * `delivery_event_dropped`, `delivery_subscription_inactive`.
   */
  replay(id: string): Promise<Delivery>
}

export function createDeliveries(send: Send, organisationId: string | undefined): Deliveries {
  const query = { organisationId }
  const list = (filter: DeliveryQuery = {}) =>
    send<DeliveryPage>({
      method: 'GET',
      path: '/v1/deliveries',
      query: { organisationId, ...filter },
    })
  return {
    list,
    iterate: (filter = {}) => iteratePages(list, filter),
    get: (id) => send({ method: 'GET', path: path`/v1/deliveries/${id}`, query }),
    attempts: (id) => send({ method: 'GET', path: path`/v1/deliveries/${id}/attempts`, query }),
    replay: (id) => send({ method: 'POST', path: path`/v1/deliveries/${id}/replay`, query }),
  }
}
