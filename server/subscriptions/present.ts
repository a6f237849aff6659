import { maskHeaders } from '../kernel/mask-headers.ts'
import { compileSubscription } from './compile-subscription.ts'
import { publicKeyOf } from './key-pair.ts'
import type { Subscription } from './schemas.ts'
import type { HealthColumn, SubscriptionRow } from './store.ts'

/** A row as the API shows it: everything but the secrets. */
export function presentSubscription(row: SubscriptionRow): Subscription {
  return {
    id: row.id,
    organisationId: row.organisationId,
    uid: row.uid,
    mode: modeOf(row),
    url: row.url,
    description: row.description,
    entityTypes: row.entityTypes,
    eventTypes: row.eventTypes,
    entityIds: row.entityIds,
    filter: row.filter as Subscription['filter'],
    headers: maskHeaders(row.headers as Record<string, string>),
    retry: row.retryScheduleSeconds && { scheduleSeconds: row.retryScheduleSeconds },
    timeoutMs: row.timeoutMs,
    rateLimit: row.rateLimit,
    signing: row.signing === 'ed25519' ? 'ed25519' : 'hmac',
    publicKey: publicKeyOf(row.secret),
    ordering: row.ordering as Subscription['ordering'],
    metadata: row.metadata as Record<string, string>,
    status: row.status as Subscription['status'],
    disabledReason: row.disabledReason,
    problem: compileSubscription(row).unusableReason,
    revision: row.revision,
    health: presentHealth(row.health),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}

export function modeOf(row: SubscriptionRow): Subscription['mode'] {
  return row.mode === 'pull' ? 'pull' : 'webhook'
}

function presentHealth(health: HealthColumn | null): Subscription['health'] {
  const time = (text: string | null | undefined) => (text ? new Date(text).toISOString() : null)
  return {
    failingSince: time(health?.failing_since),
    consecutiveFailures: health?.consecutive_failures ?? 0,
    lastSuccessAt: time(health?.last_success_at),
    lastFailureAt: time(health?.last_failure_at),
    lastOutcome: health?.last_outcome ?? null,
    lastError: health?.last_error ?? null,
  }
}
