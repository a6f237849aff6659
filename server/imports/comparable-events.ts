import type { Database } from '../database/database.ts'
import { lowestIdAt } from '../kernel/ids.ts'
import type { ImportedEvent } from './judge-row.ts'
import type { Mapping, ValueSource } from './mapping.ts'

/** Bounds on both sides. */
export interface Window {
  fromMs: number
  toMs: number
}

/** Which events could come from the table: those of other entities are no concern of it. */
export interface Comparable {
  entityTypes: string[] | null
  eventTypes: string[] | null
}

export function comparableOf({ event }: Mapping): Comparable {
  return { entityTypes: valuesOf(event.entityType), eventTypes: valuesOf(event.eventType) }
}

/** Null when only the rows tell. */
function valuesOf(source: ValueSource): string[] | null {
  if (source.constant !== undefined) return [String(source.constant)]
  return source.map ? Object.values(source.map).map(String) : null
}

/** By their ids' time. */
export async function countComparable(
  target: Database,
  comparable: Comparable,
  { fromMs, toMs }: Window,
): Promise<number> {
  const [row] = await target.query(
    (sql) => sql<{ events: number }[]>`
      select count(*) as events from domain_events
      where id >= ${lowestIdAt(fromMs)} and id < ${lowestIdAt(toMs)}
        and (${comparable.entityTypes}::text[] is null or entity_type = any(${comparable.entityTypes}))
        and (${comparable.eventTypes}::text[] is null or event_type = any(${comparable.eventTypes}))`,
  )
  return row?.events ?? 0
}

/** With a hash in the place of the data, as rows are read to be compared. */
export async function readComparable(
  target: Database,
  comparable: Comparable,
  { fromMs, toMs }: Window,
): Promise<ImportedEvent[]> {
  return target.query(
    (sql) => sql<ImportedEvent[]>`
      select id, entity_type, entity_id, event_type, organisation_id, user_id, correlation_id, source,
        floor(extract(epoch from created_at) * 1000)::float8 as created_at_ms,
        to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as created_at,
        md5(data::text) as data
      from domain_events
      where id >= ${lowestIdAt(fromMs)} and id < ${lowestIdAt(toMs)}
        and (${comparable.entityTypes}::text[] is null or entity_type = any(${comparable.entityTypes}))
        and (${comparable.eventTypes}::text[] is null or event_type = any(${comparable.eventTypes}))`,
  )
}
