import type {
  DeliveryPage,
  Event,
  EventPage,
  ListEventDeliveriesData,
  ListEventsData,
} from './generated/types.gen.ts'
import { iteratePages, type QueryOf } from './page.ts'
import { path, type Send } from './request.ts'

/** Filters and page of `events.list`. `limit` is 1 to 250, 50 by default. */
export type EventQuery = QueryOf<ListEventsData>

/** Page of `events.deliveries`. `limit` is 1 to 250, 50 by default. */
export type EventDeliveriesQuery = QueryOf<ListEventDeliveriesData>

/** Events as Posthorn keeps them. Every call throws PosthornApiError or TypeError. */
export interface Events {
  /** A page of events, newest first. */
  list(query?: EventQuery): Promise<EventPage>
  /** All that match, newest first, page by page. */
  iterate(query?: EventQuery): AsyncGenerator<Event, void, undefined>
  /** One event. Errors: `not_found`. */
  get(id: string): Promise<Event>
  /** A page of the deliveries of one event, newest first. Errors: `not_found`. */
  deliveries(id: string, query?: EventDeliveriesQuery): Promise<DeliveryPage>
}

export function createEvents(send: Send, organisationId: string | undefined): Events {
  const list = (query: EventQuery = {}) =>
    send<EventPage>({ method: 'GET', path: '/v1/events', query: { organisationId, ...query } })
  return {
    list,
    iterate: (query = {}) => iteratePages(list, query),
    get: (id) => send({ method: 'GET', path: path`/v1/events/${id}`, query: { organisationId } }),
    deliveries: (id, query = {}) =>
      send({
        method: 'GET',
        path: path`/v1/events/${id}/deliveries`,
        query: { organisationId, ...query },
      }),
  }
}
