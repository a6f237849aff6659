import type { Settlement } from '../deliveries/index.ts'
import { type AttemptClass, attemptClasses, classOfAttempt } from './attempt-class.ts'
import { classCount, classOfDuration } from './duration-classes.ts'
import { addHistogram } from './percentile.ts'

/** Stands for all subscriptions of an organisation, or all organisations. */
export const everyId = '00000000-0000-0000-0000-000000000000'

/** Minutes that a row of `delivery_stats` spans. */
export const grains = [1, 60, 1440] as const
export type Grain = (typeof grains)[number]

/** What is counted. */
export interface Sums {
  attempts: Record<AttemptClass, number>
  succeeded: number
  failed: number
  durationMsTotal: number
  histogram: number[]
}

/** One row of `delivery_stats`, or what is to be added to it. */
export interface StatRow extends Sums {
  organisationId: string
  grain: Grain
  /** RFC 3339 without seconds: `2026-03-01T12:34`. */
  at: string
  subscriptionId: string
  eventType: string
}

/** Of one dispatcher: what was settled since it was last drained, by minute, subscription and event type. */
export class Tally {
  #rows = new Map<string, StatRow>()

  /** Rows of one minute and subscription each. */
  get size(): number {
    return this.#rows.size
  }

  /** On the dispatcher's path: nothing is parsed or allocated but the first time in a minute. */
  add(settlement: Settlement): void {
    const { organisation_id, subscription_id, event_type, duration_ms, status } = settlement
    const at = settlement.started_at.slice(0, 16)
    const key = at + organisation_id + subscription_id + event_type
    let row = this.#rows.get(key)
    if (row === undefined) {
      row = {
        organisationId: organisation_id,
        grain: 1,
        at,
        subscriptionId: subscription_id,
        eventType: event_type,
        ...noSums(),
      }
      this.#rows.set(key, row)
    }
    if (status === 'succeeded') row.succeeded++
    else if (status === 'failed') row.failed++
    const attemptClass = classOfAttempt(settlement.outcome, settlement.status_code)
    if (attemptClass === undefined) return
    row.attempts[attemptClass]++
    row.durationMsTotal += duration_ms
    ;(row.histogram[classOfDuration(duration_ms)] as number)++
  }

  /** Gives out what there is and begins anew. */
  take(): StatRow[] {
    const rows = [...this.#rows.values()]
    this.#rows = new Map()
    return rows
  }
}

/** Adds a minute of a subscription to its minute, hour and day, to those of its organisation and of the platform. */
export function addUp(into: Map<string, StatRow>, row: StatRow): void {
  const { organisationId, subscriptionId } = row
  for (const grain of grains) {
    addRow(into, row, grain, organisationId, subscriptionId)
    addRow(into, row, grain, organisationId, everyId)
    addRow(into, row, grain, everyId, everyId)
  }
}

export function noSums(): Sums {
  return {
    attempts: { succeeded: 0, redirect: 0, clientError: 0, serverError: 0, timeout: 0, network: 0 },
    succeeded: 0,
    failed: 0,
    durationMsTotal: 0,
    histogram: new Array<number>(classCount).fill(0),
  }
}

export function addSums(sums: Sums, more: Sums): void {
  for (const name of attemptClasses) sums.attempts[name] += more.attempts[name]
  sums.succeeded += more.succeeded
  sums.failed += more.failed
  sums.durationMsTotal += more.durationMsTotal
  addHistogram(sums.histogram, more.histogram)
}

function addRow(
  into: Map<string, StatRow>,
  row: StatRow,
  grain: Grain,
  organisationId: string,
  subscriptionId: string,
): void {
  const { eventType } = row
  const at = begin(row.at, grain)
  const key = `${organisationId}${subscriptionId}${grain}/${at}${eventType}`
  let sum = into.get(key)
  if (sum === undefined) {
    sum = { organisationId, grain, at, subscriptionId, eventType, ...noSums() }
    into.set(key, sum)
  }
  addSums(sum, row)
}

/** Of the hour or day in which a minute lies. */
function begin(minute: string, grain: Grain): string {
  if (grain === 1) return minute
  return grain === 60 ? `${minute.slice(0, 13)}:00` : `${minute.slice(0, 10)}T00:00`
}
