/** What the node needs of an entry of `GET /v1/event-types`. */
export interface EventType {
  name: string
  entityType: string
  description: string
  deprecated: boolean
}

/** An entry of a list in n8n. */
export interface Option {
  name: string
  value: string
  description?: string
}

export function entityTypeOptions(eventTypes: readonly EventType[]): Option[] {
  const names = new Set(current(eventTypes).map(({ entityType }) => entityType))
  return [...names].sort().map((name) => ({ name, value: name }))
}

/** Those of some entity types; of all when none is named. */
export function eventTypeOptions(
  eventTypes: readonly EventType[],
  entityTypes: readonly string[],
): Option[] {
  return current(eventTypes)
    .filter(({ entityType }) => entityTypes.length === 0 || entityTypes.includes(entityType))
    .map(({ name, description }) => ({ name, value: name, description }))
}

function current(eventTypes: readonly EventType[]): EventType[] {
  return eventTypes.filter(({ deprecated }) => !deprecated)
}
