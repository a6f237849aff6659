import { decide, type HopelessKind, type Settlement } from '../deliveries/index.ts'
import type { Clock } from '../kernel/clock.ts'
import { hopelessOutcome } from './classify-error.ts'

/** What is known of a delivery that cannot be sent. */
export interface Hopeless {
  kind: HopelessKind
  organisationId: string
  id: string
  subscriptionId: string
  attempts: number
  trigger: string
  event: { id: string; eventType: string; entityType: string; entityId: string }
  url?: string
}

/** The settlement of a delivery that no attempt can be made of: it fails at once, with a record of why. */
export function refuse(hopeless: Hopeless, clock: Clock): Settlement {
  const outcome = hopelessOutcome(hopeless.kind)
  const nowMs = clock.now()
  const decision = decide({ outcome, attemptsInRun: 1, scheduleSeconds: [], nowMs, random: 0 })
  return {
    organisation_id: hopeless.organisationId,
    id: hopeless.id,
    attempts: hopeless.attempts,
    status: decision.status,
    delay_ms: null,
    event_id: hopeless.event.id,
    subscription_id: hopeless.subscriptionId,
    event_type: hopeless.event.eventType,
    entity_type: hopeless.event.entityType,
    entity_id: hopeless.event.entityId,
    trigger: hopeless.trigger,
    started_at: new Date(nowMs).toISOString(),
    duration_ms: 0,
    connect_ms: null,
    first_byte_ms: null,
    url: hopeless.url ?? '',
    outcome: outcome.kind,
    status_code: null,
    error: outcome.detail,
    signature: '',
    request_headers: null,
    response_headers: null,
    response_body: null,
    response_body_encoding: null,
    response_truncated: false,
  }
}
