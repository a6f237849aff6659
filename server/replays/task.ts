import { lowestIdAt, timeOfId } from '../kernel/ids.ts'
import type { ReplayFilter, ReplayMode } from './schemas.ts'

const dayMs = 86_400_000

/** What a replay is to find: the same for a dry run and for the job. */
export interface ReplayTask {
  /** Null for all organisations. */
  organisationId: string | null
  mode: ReplayMode
  filter: ReplayFilter
  /** A selection; the filter is then empty. */
  deliveryIds: string[] | null
  /** Nothing newer is looked at, so that a replay has an end. */
  createdAtMs: number
}

/** The subscription that a filter names, when it names one. */
export function namedSubscription(filter: ReplayFilter): string | undefined {
  const [first, ...others] = filter.subscriptionId ?? []
  return others.length === 0 ? first : undefined
}

/** The ids from which and before which deliveries, or events, are looked at. */
export interface Bounds {
  from: string
  before: string
  /** Where `since` lies before what is retained: the time that is. */
  clampedSince: string | null
}

export interface RetentionDays {
  events: number
  deliveries: number
}

/** A delivery has its event's time (deliveryIdOf), so the same bounds serve both. */
export function boundsOf(task: ReplayTask, retention: RetentionDays, nowMs: number): Bounds {
  if (task.deliveryIds) return { from: lowestIdAt(0), before: highestId, clampedSince: null }
  // What is missing can only be told as far back as the ledger goes.
  const days =
    task.mode === 'missing'
      ? Math.min(retention.events, retention.deliveries)
      : retention.deliveries
  const { filter } = task
  const retainedMs = nowMs - days * dayMs
  const sinceMs = filter.since === undefined ? 0 : Date.parse(filter.since)
  const untilMs = filter.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(filter.until)
  const eventMs = filter.eventId === undefined ? undefined : timeOfId(filter.eventId)
  const clamped = filter.since !== undefined && sinceMs < retainedMs
  return {
    from: lowestIdAt(Math.max(sinceMs, retainedMs, eventMs ?? 0)),
    before: lowestIdAt(
      Math.min(untilMs, task.createdAtMs + 1, eventMs === undefined ? untilMs : eventMs + 1),
    ),
    clampedSince: clamped ? new Date(retainedMs).toISOString() : null,
  }
}

const highestId = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
