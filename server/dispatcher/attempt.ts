import type { Agent } from 'undici'
import {
  type Decision,
  decide,
  type Outcome,
  outcomeCode,
  outcomeError,
  requestHeaders,
  type Settlement,
  sign,
} from '../deliveries/index.ts'
import type { Clock } from '../kernel/clock.ts'
import type { QueuedDelivery } from '../publishing/index.ts'
import type { CompiledSubscription } from '../subscriptions/index.ts'
import { keepBody, keepHeaders } from './present-response.ts'
import { sendRequest, type WebhookResult } from './send-request.ts'

/** Slow receivers are common (n8n takes up to 16 s for a cold burst), endless ones must end. */
const timeoutMsDefault = 20_000

export interface AttemptDependencies {
  agent: Agent
  clock: Clock
  retryScheduleSeconds: readonly number[]
}

export interface AttemptResult {
  settlement: Settlement
  outcome: Outcome
}

/** One attempt: sign, send, judge, and say what the queue is to become. Writes nothing. */
export async function attempt(
  deps: AttemptDependencies,
  delivery: QueuedDelivery,
  subscription: CompiledSubscription,
): Promise<AttemptResult> {
  const { clock } = deps
  const startedAtMs = clock.now()
  const timestampSeconds = Math.floor(startedAtMs / 1000)
  const keys = subscription.signingKeys
    .filter(({ expiresAtMs }) => expiresAtMs > startedAtMs)
    .map(({ key }) => key)
  const signature = sign(keys, delivery.event.id, timestampSeconds, delivery.event.body)
  const headers = requestHeaders({
    webhookId: delivery.event.id,
    timestampSeconds,
    signature,
    headers: subscription.headers,
  })
  const result = await sendRequest(deps.agent, clock, {
    origin: subscription.origin,
    path: subscription.path,
    headers,
    body: delivery.event.body,
    timeoutMs: subscription.timeoutMs ?? timeoutMsDefault,
  })
  const decision = decide({
    outcome: result.outcome,
    attemptsInRun: delivery.attempts - delivery.attemptsBefore + 1,
    scheduleSeconds: subscription.retryScheduleSeconds ?? deps.retryScheduleSeconds,
    nowMs: clock.now(),
    random: clock.random(),
  })
  return {
    outcome: result.outcome,
    settlement: toSettlement({ delivery, subscription, startedAtMs, signature, result, decision }),
  }
}

interface AttemptFacts {
  delivery: QueuedDelivery
  subscription: CompiledSubscription
  startedAtMs: number
  signature: string
  result: WebhookResult
  decision: Decision
}

function toSettlement(facts: AttemptFacts): Settlement {
  const { delivery, subscription, result, decision } = facts
  const { outcome } = result
  const body = keepBody(result.responseBody, result.responseTruncated)
  return {
    organisation_id: delivery.organisationId,
    id: delivery.id,
    attempts: delivery.attempts,
    status: decision.status,
    delay_ms: decision.status === 'pending' ? decision.delayMs : null,
    event_id: delivery.event.id,
    subscription_id: delivery.subscriptionId,
    event_type: delivery.event.eventType,
    entity_type: delivery.event.entityType,
    entity_id: delivery.event.entityId,
    trigger: delivery.trigger,
    started_at: new Date(facts.startedAtMs).toISOString(),
    duration_ms: result.durationMs,
    connect_ms: result.connectMs,
    first_byte_ms: result.firstByteMs,
    url: subscription.url,
    outcome: outcomeCode(outcome),
    status_code: outcome.kind === 'response' ? outcome.statusCode : null,
    error: outcomeError(outcome),
    signature: facts.signature,
    request_headers: subscription.headersForLog,
    response_headers: outcome.kind === 'response' ? keepHeaders(result.responseHeaders) : null,
    response_body: outcome.kind === 'response' ? (body?.text ?? null) : null,
    response_body_encoding: outcome.kind === 'response' ? (body?.encoding ?? null) : null,
    response_truncated: result.responseTruncated,
  }
}
