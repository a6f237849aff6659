import { isOperational, operationalSource } from '../catalogue/index.ts'
import { isGuid } from '../kernel/ids.ts'
import { eventIdOf } from './event-id.ts'
import type { SourceRow } from './select-sql.ts'

/** As the API takes them. */
const typeName = /^[A-Za-z0-9_.-]{1,128}$/
const sourceLengthMax = 128
const sourceDefault = 'dashboard'

/** An event made of a row, with its derived id. */
export interface ImportedEvent {
  id: string
  createdAtMs: number
  createdAt: string
  entityType: string
  entityId: string
  eventType: string
  organisationId: string
  userId: string | null
  correlationId: string | null
  source: string
  /** JSON, or its hash, as it was read. */
  data: string
}

/** A row that is no event, and why: what goes into the rejects file. */
export interface Reject {
  table: string
  key: string[]
  createdAt: string | null
  reasons: string[]
}

/** What a row is judged by. */
export interface Facts {
  table: string
  /** The catalogue. */
  types: ReadonlyMap<string, { entityType: string }>
  /** Later is the future. */
  latestMs: number
}

/** Decides whether a row is an event, and which. */
export function judgeRow(
  row: SourceRow,
  facts: Facts,
): { event: ImportedEvent } | { reject: Reject } {
  const { table } = facts
  const { key, createdAt, createdAtMs } = row
  const reasons = [...complain(row, facts)]
  if (createdAt === null || createdAtMs === null || reasons.length > 0)
    return { reject: { table, key, createdAt, reasons } }
  const lower = (id: string | null): string | null => id?.toLowerCase() ?? null
  const event: ImportedEvent = {
    id: eventIdOf({ table, key, createdAt: createdAtMs }),
    createdAtMs,
    createdAt,
    entityType: row.entityType ?? '',
    entityId: lower(row.entityId) ?? '',
    eventType: row.eventType ?? '',
    organisationId: lower(row.organisationId) ?? '',
    userId: lower(row.userId),
    correlationId: lower(row.correlationId),
    source: row.source ?? sourceDefault,
    data: row.data ?? '',
  }
  return { event }
}

function* complain(row: SourceRow, { types, latestMs }: Facts): Generator<string> {
  if (row.createdAtMs === null) yield 'the time is null or infinite'
  else if (row.createdAtMs > latestMs) yield 'the time lies in the future'
  for (const [path, value] of Object.entries(row.unmapped))
    yield `${path}: the map has no entry for ${JSON.stringify(value)}`
  yield* complainOfTypes(row, types)
  for (const field of ['organisationId', 'entityId', 'userId', 'correlationId'] as const) {
    const value = row[field]
    const isRequired = field === 'organisationId' || field === 'entityId'
    if (field in row.unmapped) continue
    if (value === null && isRequired) yield `${field} is null`
    if (value !== null && !isGuid(value)) yield `${field}: ${JSON.stringify(value)} is not a UUID`
  }
  if (row.source === operationalSource) yield `source: ${operationalSource} is reserved`
  if (row.source === '' || (row.source?.length ?? 0) > sourceLengthMax)
    yield `source must have 1 to ${sourceLengthMax} characters`
  if (row.dataType !== 'object') yield `data is ${row.dataType ?? 'null'}, not an object`
  else if (row.data === null) yield 'data is larger than 256 KiB'
}

function* complainOfTypes(row: SourceRow, types: Facts['types']): Generator<string> {
  const { eventType, entityType, unmapped } = row
  if ('eventType' in unmapped || 'entityType' in unmapped) return
  if (eventType === null || entityType === null) {
    yield `${eventType === null ? 'eventType' : 'entityType'} is null`
    return
  }
  const known = types.get(eventType)
  if (!typeName.test(eventType)) yield `eventType: ${JSON.stringify(eventType)} is not a name`
  else if (isOperational(eventType)) yield `eventType: ${eventType} is reserved`
  else if (!known) yield `eventType: ${eventType} is not in the catalogue`
  else if (known.entityType !== entityType)
    yield `entityType: ${eventType} is about ${known.entityType}, not ${entityType}`
}
