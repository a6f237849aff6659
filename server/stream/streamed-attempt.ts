import type { Settlement } from '../deliveries/index.ts'
import { timeOfId } from '../kernel/ids.ts'
import type { StreamedAttempt } from './schemas.ts'

/** An attempt that was just settled. The times that the database has set are told to the moment, not exactly. */
export function toStreamedAttempt(settlement: Settlement, nowMs: number): StreamedAttempt {
  const { status, delay_ms } = settlement
  return {
    deliveryId: settlement.id,
    organisationId: settlement.organisation_id,
    eventId: settlement.event_id,
    subscriptionId: settlement.subscription_id,
    eventType: settlement.event_type,
    entityType: settlement.entity_type,
    entityId: settlement.entity_id,
    number: settlement.attempts + 1,
    trigger: settlement.trigger as StreamedAttempt['trigger'],
    outcome: settlement.outcome,
    statusCode: settlement.status_code,
    error: settlement.error,
    startedAt: settlement.started_at,
    durationMs: settlement.duration_ms,
    status,
    createdAt: new Date(timeOfId(settlement.id)).toISOString(),
    finishedAt: status === 'pending' ? null : new Date(nowMs).toISOString(),
    nextAttemptAt: status === 'pending' ? new Date(nowMs + (delay_ms ?? 0)).toISOString() : null,
  }
}
