import { operationalEventTypes } from '../catalogue/index.ts'
import { compileNamePatterns } from './match-event-type.ts'
import type { MatchableEvent } from './matchable-event.ts'

/** Of a subscription, what decides whether it hears of Posthorn's own events. */
export interface Listener {
  id: string
  organisationId: string | null
  entityTypes: readonly string[] | null
  eventTypes: readonly string[] | null
}

/**
 * Whether a subscription may hear of an operational event, beside what its filters say. One of an organisation hears
 * them only if it asks for them: "everything" means its own events. None hears of itself: its receiver fails, so the
 * news would fail as well, and be news again.
 */
export function mayHearOperational(listener: Listener): (event: MatchableEvent) => boolean {
  const patterns = (listener.eventTypes ?? []).filter((pattern) => !/^\*+$/.test(pattern))
  const names = compileNamePatterns(patterns)
  const entityTypes = new Set(listener.entityTypes)
  const isPlatform = listener.organisationId === null
  return (event) => {
    if (isAbout(event, listener.id)) return false
    if (isPlatform) return true
    // What fails for the operator is not an organisation's business.
    if (concernsPlatform(event)) return false
    return names(event.eventType) || entityTypes.has(event.entityType)
  }
}

function isAbout(event: MatchableEvent, subscriptionId: string): boolean {
  return event.eventType === operationalEventTypes.subscriptionDisabled.eventType
    ? event.entityId === subscriptionId
    : fieldOf(event.data(), 'subscriptionId') === subscriptionId
}

function concernsPlatform(event: MatchableEvent): boolean {
  return fieldOf(event.data(), 'platform') === true
}

function fieldOf(data: unknown, name: string): unknown {
  return typeof data === 'object' && data !== null
    ? (data as Record<string, unknown>)[name]
    : undefined
}
