import { isOperational } from '../catalogue/index.ts'
import { compileSubscription } from './compile-subscription.ts'
import { type DecisiveCondition, explainFilter } from './filter.ts'
import type { FilterPath, SubscriptionFilter } from './filter-schema.ts'
import { mayHearOperational } from './hears-operational.ts'
import { compileNamePatterns } from './match-event-type.ts'
import type { MatchableEvent } from './matchable-event.ts'
import type { SubscriptionRow } from './store.ts'

export type MatchCriterion =
  | 'status'
  | 'entityType'
  | 'eventType'
  | 'entityId'
  | 'operational'
  | 'filter'

/** One thing that a subscription may ask of an event, also where it does not ask. */
export interface MatchReason {
  criterion: MatchCriterion
  passed: boolean
  /** Null where it asks for nothing. */
  expected: unknown
  /** Of the event; null also where there was nothing. */
  actual: unknown
  /** Of a filter's condition: where in `data`. */
  path?: FilterPath
  message: string
}

export interface MatchExplanation {
  matched: boolean
  reasons: MatchReason[]
}

/** Why an event would be heard now, or not: the same decision as that of the subscription directory, in words. */
export function explainMatch(row: SubscriptionRow, event: MatchableEvent): MatchExplanation {
  const reasons = [explainStatus(row)]
  const add = (
    criterion: MatchCriterion,
    expected: string[] | null,
    actual: string,
    passed: boolean,
  ) => {
    const verb = passed ? 'is' : 'is not'
    const message =
      expected === null
        ? `any ${criterion} will do`
        : `${criterion} ${actual} ${verb} among ${listed(expected)}`
    reasons.push({ criterion, passed, expected, actual, message })
  }
  const { entityTypes, eventTypes, entityIds } = row
  const { entityType, eventType, entityId } = event
  add('entityType', entityTypes, entityType, entityTypes?.includes(entityType) ?? true)
  add('eventType', eventTypes, eventType, compileNamePatterns(eventTypes)(eventType))
  add('entityId', entityIds, entityId, entityIds?.includes(entityId) ?? true)
  if (isOperational(eventType)) reasons.push(explainOperational(row, event))
  reasons.push(...explainConditions(row.filter as SubscriptionFilter | null, event))
  return { matched: reasons.every((reason) => reason.passed), reasons }
}

function explainStatus(row: SubscriptionRow): MatchReason {
  const { status, unusableReason } = compileSubscription(row)
  const hears = status === 'active' || status === 'paused'
  const message = hears
    ? `the subscription is ${status}`
    : `the subscription is ${status}, so nothing new is queued for it`
  return {
    criterion: 'status',
    passed: hears && unusableReason === null,
    expected: ['active', 'paused'],
    actual: unusableReason === null ? status : 'unusable',
    message: unusableReason === null ? message : `nothing can be sent to it: ${unusableReason}`,
  }
}

function explainOperational(row: SubscriptionRow, event: MatchableEvent): MatchReason {
  const passed = mayHearOperational(row)(event)
  const message = passed
    ? `${event.eventType} is an event of Posthorn that it may hear of`
    : `${event.eventType} is an event of Posthorn: it goes to those that ask for it, and to none about itself`
  return {
    criterion: 'operational',
    passed,
    expected: row.eventTypes ?? row.entityTypes,
    actual: event.eventType,
    message,
  }
}

function explainConditions(
  filter: SubscriptionFilter | null,
  event: MatchableEvent,
): MatchReason[] {
  const whole = (passed: boolean, message: string): MatchReason[] => [
    { criterion: 'filter', passed, expected: filter, actual: null, message },
  ]
  if (filter === null) return whole(true, 'any data will do')
  try {
    const { matched, conditions } = explainFilter(filter, event.data())
    return conditions.length > 0
      ? conditions.map((condition) => explainCondition(condition, matched))
      : whole(false, unreadable)
  } catch {
    // Put there by hand, past the schema: the directory skips such a subscription.
    return whole(false, unreadable)
  }
}

function explainCondition(
  { path, operator, expected, actual }: DecisiveCondition,
  passed: boolean,
): MatchReason {
  const place = `data.${typeof path === 'string' ? path : path.join('.')}`
  const found = actual === undefined ? 'nothing' : shortened(JSON.stringify(actual))
  const message = `${place} must be ${operator} ${shortened(JSON.stringify(expected))}, and is ${found}`
  return {
    criterion: 'filter',
    passed,
    expected: { [operator]: expected },
    actual: actual ?? null,
    path,
    message,
  }
}

const unreadable = 'the filter cannot be read, so it matches nothing'

function listed(values: string[]): string {
  return values.length > 10
    ? `${values.slice(0, 10).join(', ')} and ${values.length - 10} others`
    : values.join(', ')
}

function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
