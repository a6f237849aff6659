import type {
  DeliveryPage,
  Event,
  EventMatchPage,
  EventPage,
  ListEventDeliveriesData,
  ListEventMatchesData,
  ListEventsData,
} from './generated/types.gen.ts'
import { iteratePages, type QueryOf } from './page.ts'
import { path, type Send } from './request.ts'

/** Filters and page of `events.list`. `limit` is 1 to 250, 50 by default. */
export type EventQuery = QueryOf<ListEventsData>

/** Page of `events.deliveries`. `limit` is 1 to 250, 50 by default. */
export type EventDeliveriesQuery = QueryOf<ListEventDeliveriesData>

/** Page of `events.matches`. `limit` is 1 to 250, 50 by default. */
export type EventMatchesQuery = QueryOf<ListEventMatchesData>

/** Events as Posthorn keeps them. Every call throws PosthornApiError or TypeError. */
export interface Events {
  /** A page of events, newest first. */
  list(query?: EventQuery): Promise<EventPage>
  /** All that match, newest first, page by page. */
  iterate(query?: EventQuery): AsyncGenerator<Event, void, undefined>
  /** One event. Errors: `not_found`. */
  get(id: string): Promise<Event>
  /**
   * The same as the JSON that the server answers: with its numbers as they were sent, also those that JavaScript's
   * cannot hold. Errors: `not_found`.
   */
  getJson(id: string): Promise<string>
  /** A page of the deliveries of one event, newest first. Errors: `not_found`. */
  deliveries(id: string, query?: EventDeliveriesQuery): Promise<DeliveryPage>
  /** Which subscriptions hear of it, and why the others do not. Errors: `not_found`. */
  matches(id: string, query?: EventMatchesQuery): Promise<EventMatchPage>
}

export function createEvents(send: Send, organisationId: string | undefined): Events {
  const list = (query: EventQuery = {}) =>
    send<EventPage>({ method: 'GET', path: '/v1/events', query: { organisationId, ...query } })
  return {
    list,
    iterate: (query = {}) => iteratePages(list, query),
    get: (id) => send({ method: 'GET', path: path`/v1/events/${id}`, query: { organisationId } }),
    getJson: async (id) => {
      const body = await send<ReadableStream<Uint8Array>>({
        method: 'GET',
        path: path`/v1/events/${id}`,
        query: { organisationId },
        stream: true,
      })
      return new Response(body).text()
    },
    deliveries: (id, query = {}) =>
      send({
        method: 'GET',
        path: path`/v1/events/${id}/deliveries`,
        query: { organisationId, ...query },
      }),
    matches: (id, query = {}) =>
      send({
        method: 'GET',
        path: path`/v1/events/${id}/matches`,
        query: { organisationId, ...query },
      }),
  }
}
