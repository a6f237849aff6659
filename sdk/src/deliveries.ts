import type {
  AttemptList,
  CountDeliveriesData,
  Delivery,
  DeliveryCount,
  DeliveryDetail,
  DeliveryFacets,
  DeliveryHistogram,
  DeliveryPage,
  ExportDeliveriesData,
  FailureGroups,
  ListDeliveriesData,
  ListFailureGroupsData,
} from './generated/types.gen.ts'
import { iteratePages, type QueryOf } from './page.ts'
import { path, type Send } from './request.ts'

/** Filters and page of `deliveries.list`. `limit` is 1 to 250, 50 by default. Filters that are lists take one value, too. */
export type DeliveryQuery = QueryOf<ListDeliveriesData>

/** The filters that list, count, facets, histogram, failure groups and export share. Lists take one value, too. */
export type DeliveryFilterQuery = QueryOf<CountDeliveriesData>

/** Filters of `deliveries.failures`, how many groups, and which come first. */
export type FailureGroupQuery = QueryOf<ListFailureGroupsData>

/** Filters of `deliveries.export` and its format, `ndjson` by default. */
export type DeliveryExportQuery = QueryOf<ExportDeliveriesData>

/** Deliveries and their attempts. Every call throws PosthornApiError or TypeError. */
export interface Deliveries {
  /** A page, newest first. It can be short, even empty, with a `nextCursor`: see `searchedUntil`. */
  list(query?: DeliveryQuery): Promise<DeliveryPage>
  /** All that match, newest first, page by page. */
  iterate(query?: DeliveryQuery): AsyncGenerator<Delivery, void, undefined>
  /** How many match, to 10,000. */
  count(query?: DeliveryFilterQuery): Promise<DeliveryCount>
  /** How the newest 3,000 that match are distributed. */
  facets(query?: DeliveryFilterQuery): Promise<DeliveryFacets>
  /** The newest 10,000 that match by status over time, in 60 intervals at most. */
  histogram(query?: DeliveryFilterQuery): Promise<DeliveryHistogram>
  /** What failed and what is tried again, by subscription and error. */
  failures(query?: FailureGroupQuery): Promise<FailureGroups>
  /** All that match as a file, newest first. Its last line says so when it is not complete. */
  export(query?: DeliveryExportQuery): Promise<ReadableStream<Uint8Array>>
  /** One delivery with the body it sends. Errors: `not_found`. */
  get(id: string): Promise<DeliveryDetail>
  /** Its attempts, first to last; there are no pages. Errors: `not_found`. */
  attempts(id: string): Promise<AttemptList>
  /**
   * Tries it again, now. Errors: `not_found`,
   * `delivery_event_dropped`, `delivery_subscription_inactive`.
   */
  replay(id: string): Promise<Delivery>
  /**
   * Ends it while it is pending. An attempt that is under way still counts: if it succeeds, the delivery has succeeded.
   * Errors: `not_found`, `delivery_finished`.
   */
  cancel(id: string): Promise<Delivery>
}

export function createDeliveries(send: Send, organisationId: string | undefined): Deliveries {
  const query = { organisationId }
  const list = (filter: DeliveryQuery = {}) =>
    send<DeliveryPage>({
      method: 'GET',
      path: '/v1/deliveries',
      query: { organisationId, ...filter },
    })
  const read = <Answer>(path: string, filter: DeliveryFilterQuery = {}) =>
    send<Answer>({ method: 'GET', path, query: { organisationId, ...filter } })
  return {
    list,
    iterate: (filter = {}) => iteratePages(list, filter),
    count: (filter) => read('/v1/deliveries/count', filter),
    facets: (filter) => read('/v1/deliveries/facets', filter),
    histogram: (filter) => read('/v1/deliveries/histogram', filter),
    failures: (filter) => read('/v1/deliveries/failures', filter),
    export: (filter) =>
      send({
        method: 'GET',
        path: '/v1/deliveries/export',
        query: { organisationId, ...filter },
        stream: true,
      }),
    get: (id) => send({ method: 'GET', path: path`/v1/deliveries/${id}`, query }),
    attempts: (id) => send({ method: 'GET', path: path`/v1/deliveries/${id}/attempts`, query }),
    replay: (id) => send({ method: 'POST', path: path`/v1/deliveries/${id}/replay`, query }),
    cancel: (id) => send({ method: 'POST', path: path`/v1/deliveries/${id}/cancel`, query }),
  }
}
