import { isOperational, operationalEventTypes, operationalSource } from '../catalogue/index.ts'
import type { Announcement, Settlement } from '../deliveries/index.ts'
import { newId } from '../kernel/ids.ts'
import type {
  DisabledSubscription,
  LastAttempt,
  SubscriptionDirectory,
} from '../subscriptions/index.ts'

/** Tells an organisation that a subscription of its own was disabled. */
export function subscriptionDisabledEvent(
  disabled: DisabledSubscription & { organisationId: string },
  reason: string,
  last: LastAttempt,
): Announcement {
  const { id, organisationId, ...facts } = disabled
  return {
    ...toRow(operationalEventTypes.subscriptionDisabled, organisationId, id),
    data: {
      ...facts,
      reason,
      lastStatusCode: last.statusCode,
      lastOutcome: last.outcome,
      lastError: last.error,
    },
  }
}

/**
 * Tells that a delivery was given up; nothing if nobody would hear of it, so that a dead receiver with a million
 * deliveries does not make a million events. Neither tests nor news about news are told of.
 */
export function deliveryExhaustedEvent(
  settlement: Settlement,
  directory: SubscriptionDirectory,
): Announcement | undefined {
  if (settlement.status !== 'failed' || settlement.trigger === 'test') return undefined
  if (isOperational(settlement.event_type)) return undefined
  const data = {
    eventId: settlement.event_id,
    eventType: settlement.event_type,
    entityType: settlement.entity_type,
    entityId: settlement.entity_id,
    subscriptionId: settlement.subscription_id,
    platform: directory.get(settlement.subscription_id)?.organisationId === null,
    attempts: settlement.attempts + 1,
    lastStatusCode: settlement.status_code,
    lastOutcome: settlement.outcome,
    lastError: settlement.error,
  }
  const type = operationalEventTypes.deliveryExhausted
  const hearers = directory.match({
    ...type,
    organisationId: settlement.organisation_id,
    entityId: settlement.id,
    data: () => data,
  })
  if (hearers.length === 0) return undefined
  return { ...toRow(type, settlement.organisation_id, settlement.id), data }
}

function toRow(
  { eventType, entityType }: { eventType: string; entityType: string },
  organisationId: string,
  entityId: string,
) {
  return {
    id: newId(),
    organisation_id: organisationId,
    event_type: eventType,
    entity_type: entityType,
    entity_id: entityId,
    source: operationalSource,
  }
}
