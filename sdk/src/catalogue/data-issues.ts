import type { FieldIssue } from '../api-error.ts'
import type { EventDefinition } from '../event-definitions.ts'

/**
 * Where `data` does not fit a definition, with fields such as `data.status`.
 * @throws TypeError when the schema checks asynchronously: nobody waits where this is asked
 */
export function dataIssues({ data: schema }: EventDefinition, data: unknown): FieldIssue[] {
  const result = schema['~standard'].validate(data)
  if (result instanceof Promise) {
    // Nobody will look at it.
    result.catch(() => undefined)
    throw new TypeError('The schema checks asynchronously; use one without async refinements.')
  }
  return (result.issues ?? []).map(({ path = [], message }) => ({
    field: ['data', ...path.map(nameOf)].join('.').slice(0, 256),
    message,
  }))
}

function nameOf(segment: PropertyKey | { readonly key: PropertyKey }): string {
  return String(typeof segment === 'object' ? segment.key : segment)
}
