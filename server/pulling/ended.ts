import type { PulledOutcome, Settlement } from '../deliveries/index.ts'
import { expiredError, type LeasedRow } from './lease-deliveries.ts'

/** An attempt by pulling: nothing was requested, and nobody answered. */
const noRequest = {
  connect_ms: null,
  first_byte_ms: null,
  url: '',
  status_code: null,
  signature: '',
  request_headers: null,
  response_headers: null,
  response_body: null,
  response_body_encoding: null,
  response_truncated: false,
} satisfies Partial<Settlement>

/** Of a delivery, what its settlement says of it. */
export interface PulledDelivery {
  organisationId: string
  id: string
  eventId: string
  subscriptionId: string
  attempts: number
  trigger: string
  eventType: string | null
  entityType: string
  entityId: string
}

export interface Ended extends Pick<Settlement, 'status' | 'delay_ms' | 'error'> {
  outcome: 'succeeded' | 'event_dropped' | PulledOutcome
  startedAt: Date
  durationMs: number
}

export function settlementOf(delivery: PulledDelivery, ended: Ended): Settlement {
  const { startedAt, durationMs, ...decided } = ended
  return {
    ...noRequest,
    organisation_id: delivery.organisationId,
    id: delivery.id,
    attempts: delivery.attempts,
    event_id: delivery.eventId,
    subscription_id: delivery.subscriptionId,
    event_type: delivery.eventType ?? 'unknown',
    entity_type: delivery.entityType ?? 'unknown',
    entity_id: delivery.entityId ?? nobody,
    trigger: delivery.trigger,
    started_at: startedAt.toISOString(),
    duration_ms: Math.max(0, Math.round(durationMs)),
    ...decided,
  }
}

const nobody = '00000000-0000-0000-0000-000000000000'

/** The attempt before this one, which the lease has ended and written down. */
export function leaseExpired(row: LeasedRow): Settlement {
  const startedAt = row.expiredFrom ?? row.leasedUntil
  const endedAt = row.expiredAt ?? row.leasedUntil
  return settlementOf(
    { ...row, attempts: row.attempts - 1 },
    {
      status: 'pending',
      delay_ms: 0,
      outcome: 'lease_expired',
      error: expiredError,
      startedAt,
      durationMs: endedAt.getTime() - startedAt.getTime(),
    },
  )
}

export function eventDropped(row: LeasedRow, nowMs: number): Settlement {
  return settlementOf(row, {
    status: 'failed',
    delay_ms: null,
    outcome: 'event_dropped',
    error: 'the event is not kept any more',
    startedAt: new Date(nowMs),
    durationMs: 0,
  })
}
