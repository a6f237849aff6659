import type {
  DeliveryStats,
  EventTypeStats,
  GetDeliveryStatsData,
  GetEventTypeStatsData,
  GetOrganisationStatsData,
  GetQueueStatsData,
  GetQuotaStatsData,
  GetSubscriptionStatsData,
  OrganisationStats,
  QueueStats,
  QuotaStats,
  SubscriptionStats,
} from './generated/types.gen.ts'
import type { QueryOf } from './page.ts'
import type { Send } from './request.ts'

/** Range, interval and what to narrow a chart to. The last day by default. */
export type DeliveryStatsQuery = QueryOf<GetDeliveryStatsData>
export type SubscriptionStatsQuery = QueryOf<GetSubscriptionStatsData>
export type EventTypeStatsQuery = QueryOf<GetEventTypeStatsData>
export type OrganisationStatsQuery = QueryOf<GetOrganisationStatsData>
export type QueueStatsQuery = QueryOf<GetQueueStatsData>
export type QuotaStatsQuery = QueryOf<GetQuotaStatsData>

/**
 * Figures for charts, from rollups that are a few seconds late. Platform credentials that name no organisation see all.
 * Every call throws PosthornApiError or TypeError.
 */
export interface Stats {
  /** Attempts, deliveries and durations over time, with totals. Errors: `validation_failed`. */
  deliveries(query?: DeliveryStatsQuery): Promise<DeliveryStats>
  /** How each subscription does, for a list of them. Errors: `validation_failed`. */
  subscriptions(query?: SubscriptionStatsQuery): Promise<SubscriptionStats>
  /** How the deliveries of each event type do, the busiest first. Errors: `validation_failed`. */
  eventTypes(query?: EventTypeStatsQuery): Promise<EventTypeStats>
  /** How the busiest organisations do; platform credentials only. Errors: `platform_credential_required`. */
  organisations(query?: OrganisationStatsQuery): Promise<OrganisationStats>
  /** What waits now, and for how long. */
  queue(query?: QueueStatsQuery): Promise<QueueStats>
  /** What an organisation may have, and uses of it. Errors: `organisation_required`. */
  quotas(query?: QuotaStatsQuery): Promise<QuotaStats>
}

type Query = Record<string, string | number | readonly string[] | undefined>

export function createStats(send: Send, organisationId: string | undefined): Stats {
  const get = <Answer>(what: string, query: Query) =>
    send<Answer>({
      method: 'GET',
      path: `/v1/stats/${what}`,
      query: { organisationId, ...query },
    })
  return {
    deliveries: (query = {}) => get('deliveries', query),
    subscriptions: (query = {}) => get('subscriptions', query),
    eventTypes: (query = {}) => get('event-types', query),
    // Of all of them, whichever organisation the client is made for.
    organisations: (query = {}) => get('organisations', { ...query, organisationId: undefined }),
    queue: (query = {}) => get('queue', query),
    quotas: (query = {}) => get('quotas', query),
  }
}
