import type { FieldIssue } from '../api-error.ts'
import { dataIssues } from '../catalogue/data-issues.ts'
import type { EventDefinitions } from '../event-definitions.ts'

interface DefinedEvent {
  eventType: string
  entityType: string
  data: unknown
}

/**
 * What of an event does not fit its definition. `data` is stored as it was given, not as its schema transforms it.
 * @throws TypeError when the schema checks asynchronously
 */
export function checkDefinition(
  definitions: EventDefinitions,
  { eventType, entityType, data }: DefinedEvent,
): FieldIssue[] {
  const definition = Object.hasOwn(definitions, eventType) ? definitions[eventType] : undefined
  if (!definition) {
    const fix = `Add it to the definitions given to createEmitter, or use one of ${listOf(definitions)}.`
    return [{ field: 'eventType', message: `${eventType} is not defined`, fix }]
  }
  if (definition.entity !== entityType) {
    const message = `${eventType} is about ${definition.entity}, not ${entityType}`
    return [{ field: 'entityType', message, fix: `Send entityType ${definition.entity}.` }]
  }
  return dataIssues(definition, data)
}

function listOf(definitions: EventDefinitions): string {
  const names = Object.keys(definitions)
  return names.length > 12 ? `${names.slice(0, 12).join(', ')}, …` : names.join(', ')
}
