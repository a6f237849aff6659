import type { ImportedEvent } from './judge-row.ts'

/** What a row and its event are compared by. */
export const comparedFields = [
  'entityType',
  'entityId',
  'eventType',
  'organisationId',
  'userId',
  'correlationId',
  'source',
  'createdAt',
  'data',
] as const
export type ComparedField = (typeof comparedFields)[number]

/** Where an event does not say what its row does. Times may be as far apart as the tolerance. */
export function compareEvents(
  row: ImportedEvent,
  event: ImportedEvent,
  toleranceMs: number,
  ignored: readonly ComparedField[],
): ComparedField[] {
  return comparedFields.filter((field) => {
    if (ignored.includes(field)) return false
    if (field === 'createdAt') return Math.abs(row.createdAtMs - event.createdAtMs) > toleranceMs
    return row[field] !== event[field]
  })
}
