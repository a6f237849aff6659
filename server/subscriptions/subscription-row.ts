import type { Signing, Subscription } from './schemas.ts'
import type { PreviousSecret, subscriptions } from './tables.ts'

export type { PreviousSecret } from './tables.ts'

export type SubscriptionRow = typeof subscriptions.$inferSelect & {
  health: HealthColumn | null
  /** Why a secret of it does not open; see `openRow`. */
  sealedReason?: string
}

/** The row of `subscription_health` as JSON prints it. */
export interface HealthColumn {
  failing_since: string | null
  consecutive_failures: number
  last_success_at: string | null
  last_failure_at: string | null
  last_outcome: string | null
  last_error: string | null
}

/** Columns as the table spells them, for INSERT and UPDATE. */
export interface SubscriptionColumns {
  uid?: string | null
  mode?: Subscription['mode']
  url?: string | null
  description?: string | null
  entity_types?: string[] | null
  event_types?: string[] | null
  entity_ids?: string[] | null
  filter?: unknown
  status?: Subscription['status']
  disabled_reason?: string | null
  secret?: string
  signing?: Signing
  previous_secrets?: PreviousSecret[]
  headers?: Record<string, string>
  retry_schedule_seconds?: number[] | null
  timeout_ms?: number | null
  rate_limit?: number | null
  ordering?: string
  metadata?: Record<string, string>
  deleted_at?: Date | null
}
