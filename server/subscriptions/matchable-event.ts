/** The facts of an event that decide who hears of it. `data` is only asked for when a filter needs it. */
export interface MatchableEvent {
  organisationId: string
  entityType: string
  entityId: string
  eventType: string
  data(): unknown
}
