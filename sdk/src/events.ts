import type {
  DeliveryPage,
  Event,
  EventHistory,
  EventMatchPage,
  EventPage,
  ListEventDeliveriesData,
  ListEventMatchesData,
  ListEventsData,
  ReadEventHistoryData,
} from './generated/types.gen.ts'
import { iteratePages, type QueryOf } from './page.ts'
import { path, type Send } from './request.ts'
import { sleep } from './sleep.ts'

/** Filters and page of `events.list`. `limit` is 1 to 250, 50 by default. */
export type EventQuery = QueryOf<ListEventsData>

/** Page of `events.deliveries`. `limit` is 1 to 250, 50 by default. */
export type EventDeliveriesQuery = QueryOf<ListEventDeliveriesData>

/** Page of `events.matches`. `limit` is 1 to 250, 50 by default. */
export type EventMatchesQuery = QueryOf<ListEventMatchesData>

/** Filters and page of `events.history`. `limit` is 1 to 250, 50 by default. */
export type HistoryQuery = QueryOf<ReadEventHistoryData>

/** Events as Posthorn keeps them. Every call throws PosthornApiError or TypeError. */
export interface Events {
  /** A page of events, newest first. */
  list(query?: EventQuery): Promise<EventPage>
  /** All that match, newest first, page by page. */
  iterate(query?: EventQuery): AsyncGenerator<Event, void, undefined>
  /**
   * A page of events forward, in the order in which they were published. Keep `nextCursor` and come back with it, also
   * when it was all (`caughtUp`): no event is missed, and none comes twice. Errors: `cursor_invalid`.
   */
  history(
    query?: HistoryQuery,
    options?: { signal?: AbortSignal | undefined },
  ): Promise<EventHistory>
  /**
   * Pages of the history, and then what is published, a few seconds behind, until `signal` aborts or the loop is left.
   * A page that was worked through is left behind by keeping its `nextCursor`. `pollMs`: how often it looks. @default 1000
   */
  follow(
    query?: HistoryQuery,
    options?: { signal?: AbortSignal; pollMs?: number },
  ): AsyncGenerator<EventHistory, void, undefined>
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
  const history: Events['history'] = (query = {}, { signal } = {}) =>
    send<EventHistory>({
      signal,
      method: 'GET',
      path: '/v1/events/history',
      query: { organisationId, ...query },
    })
  return {
    history,
    follow: (query, options) => follow(history, query, options),
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

async function* follow(
  history: Events['history'],
  query: HistoryQuery = {},
  { signal, pollMs = 1000 }: { signal?: AbortSignal; pollMs?: number } = {},
): AsyncGenerator<EventHistory, void, undefined> {
  let { cursor } = query
  while (!signal?.aborted) {
    const page = await history({ ...query, cursor }, { signal }).catch((error) => {
      if (signal?.aborted) return undefined
      throw error
    })
    if (!page) return
    cursor = page.nextCursor
    if (page.data.length > 0 || page.caughtUp) yield page
    if (page.caughtUp) await sleep(pollMs, signal)
  }
}
