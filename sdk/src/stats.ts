import type {
  DeliveryStats,
  GetDeliveryStatsData,
  GetQueueStatsData,
  GetSubscriptionStatsData,
  QueueStats,
  SubscriptionStats,
} from './generated/types.gen.ts'
import type { QueryOf } from './page.ts'
import type { Send } from './request.ts'

/** Range, interval and what to narrow a chart to. The last day by default. */
export type DeliveryStatsQuery = QueryOf<GetDeliveryStatsData>
export type SubscriptionStatsQuery = QueryOf<GetSubscriptionStatsData>
export type QueueStatsQuery = QueryOf<GetQueueStatsData>

/**
 * Figures for charts, from rollups that are a few seconds late. Platform credentials that name no organisation see all.
 * Every call throws PosthornApiError or TypeError.
 */
export interface Stats {
  /** Attempts, deliveries and durations over time, with totals. Errors: `validation_failed`. */
  deliveries(query?: DeliveryStatsQuery): Promise<DeliveryStats>
  /** How each subscription does, for a list of them. Errors: `validation_failed`. */
  subscriptions(query?: SubscriptionStatsQuery): Promise<SubscriptionStats>
  /** What waits now, and for how long. */
  queue(query?: QueueStatsQuery): Promise<QueueStats>
}

export function createStats(send: Send, organisationId: string | undefined): Stats {
  const get = <Answer>(what: string, query: Record<string, string | undefined>) =>
    send<Answer>({
      method: 'GET',
      path: `/v1/stats/${what}`,
      query: { organisationId, ...query },
    })
  return {
    deliveries: (query = {}) => get('deliveries', query),
    subscriptions: (query = {}) => get('subscriptions', query),
    queue: (query = {}) => get('queue', query),
  }
}
