import { isOperational } from '../catalogue/index.ts'
import { compileFilter } from './filter.ts'
import { filterSchema } from './filter-schema.ts'
import { mayHearOperational } from './hears-operational.ts'
import { compileNamePatterns } from './match-event-type.ts'
import type { MatchableEvent } from './matchable-event.ts'
import type { SubscriptionRow } from './store.ts'

/** Of a subscription, what decides which events it hears of. */
export type MatchSettings = Pick<
  SubscriptionRow,
  'id' | 'organisationId' | 'entityTypes' | 'eventTypes' | 'entityIds' | 'filter'
>

export interface Matcher {
  /** Whether `matches` asks for the data of any event, not of operational ones only. */
  readsData: boolean
  matches(event: MatchableEvent): boolean
}

/** The one decision of who hears of what. @throws Error with a sentence, for a filter that is none */
export function compileMatcher(settings: MatchSettings): Matcher {
  const entityTypes = settings.entityTypes && new Set(settings.entityTypes)
  const entityIds = settings.entityIds && new Set(settings.entityIds)
  const matchesEventType = compileNamePatterns(settings.eventTypes)
  const matchesData = settings.filter === null ? undefined : compileStoredFilter(settings.filter)
  const mayHear = mayHearOperational(settings)
  return {
    readsData: matchesData !== undefined,
    matches: (event) =>
      (entityTypes === null || entityTypes.has(event.entityType)) &&
      matchesEventType(event.eventType) &&
      (entityIds === null || entityIds.has(event.entityId)) &&
      (!isOperational(event.eventType) || mayHear(event)) &&
      (matchesData === undefined || matchesData(event.data())),
  }
}

const nobody = '00000000-0000-0000-0000-000000000000'

/** By the names alone, whatever the entity and the data: which event types it asks for. */
export function compileTypeMatcher(
  settings: Omit<MatchSettings, 'entityIds' | 'filter'>,
): (type: { eventType: string; entityType: string }) => boolean {
  const { matches } = compileMatcher({ ...settings, entityIds: null, filter: null })
  return (type) =>
    matches({ ...type, organisationId: nobody, entityId: nobody, data: () => undefined })
}

function compileStoredFilter(filter: unknown): (data: unknown) => boolean {
  const checked = filterSchema.safeParse(filter)
  if (!checked.success)
    throw new Error('Its filter is not one: see SubscriptionFilter in /openapi.json.')
  return compileFilter(checked.data)
}
