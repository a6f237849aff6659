import type { Context } from '../context.ts'
import type { Database, Sql } from '../database/database.ts'
import { readPublishedUntil } from '../database/publishing-time.ts'
import { asTenant } from '../database/tenant.ts'
import { isGuid } from '../kernel/ids.ts'
import { pageErrors } from '../kernel/page.ts'
import { likePatterns } from '../subscriptions/index.ts'
import { type EventRow, presentEvent } from './read-events.ts'
import type { Event } from './schemas.ts'

/** Events that one request looks at. */
const scanMax = 10_000
const start: Position = { at: '-infinity', id: '00000000-0000-0000-0000-000000000000' }

export interface HistoryQuery {
  limit: number
  cursor?: string | undefined
  since?: string | undefined
  entityType?: readonly string[] | undefined
  entityId?: string | undefined
  /** Names or patterns. */
  eventType?: readonly string[] | undefined
}

export interface HistoryPage {
  data: Event[]
  nextCursor: string
  caughtUp: boolean
  until: string
}

/** Behind an event, in the order of publishing. */
interface Position {
  /** As Postgres prints it: with its microseconds. */
  at: string
  id: string
}

interface Found {
  isHit: boolean
  /** Among those looked at, from 1. */
  position: number
  organisationId: string
  id: string
  at: string
}

/**
 * Events in the order in which they were published, which is the one order in which what comes is always behind what was
 * read: an event has its id when it is inserted, and may be committed long after. A page can be short although more
 * follows, as other lists; `caughtUp` says whether there was more.
 */
export async function readHistory(
  ctx: Context,
  tenant: string | 'platform',
  query: HistoryQuery,
  scan = scanMax,
): Promise<HistoryPage> {
  const { engine, api } = ctx.database
  const from = query.cursor === undefined ? startOf(query.since) : decode(query.cursor)
  const until = await readPublishedUntil(engine)
  const hits: Found[] = []
  let last = from
  let caughtUp = false
  // As few as will do: more at a time where few are hits.
  for (let looked = 0, rows = query.limit; looked < scan && !caughtUp; rows = rows * 4) {
    const max = Math.min(rows, scan - looked)
    const found = await find(engine, tenant, query, { from: last, until, max })
    hits.push(...found.filter(({ isHit }) => isHit))
    looked += max
    last = found.at(-1) ?? last
    caughtUp = (found.at(-1)?.position ?? 0) < max
    if (hits.length >= query.limit) break
  }
  if (hits.length > query.limit) {
    hits.length = query.limit
    caughtUp = false
  }
  const rows = hits.length === 0 ? [] : await asTenant(api, tenant, (tx) => read(tx, hits))
  const rowOf = new Map(rows.map((row) => [row.id, presentEvent(row)]))
  return {
    data: hits.flatMap(({ id }) => rowOf.get(id) ?? []),
    nextCursor: encode(positionAfter({ from, last, hits, until: caughtUp ? until : undefined })),
    caughtUp,
    until: new Date(until).toISOString(),
  }
}

/**
 * Where to go on: a position that tells nothing of what was passed over, for that may be another organisation's. `until`
 * is set when everything before it was looked at.
 */
function positionAfter({ from, last, hits, until }: Looked): Position {
  if (last === from) return from
  if (until !== undefined) return { at: until, id: start.id }
  // Its time without its id: those of the same time are looked at again, unless there was nothing else.
  return hits.at(-1) ?? (last.at === from.at ? last : { at: last.at, id: start.id })
}

interface Looked {
  from: Position
  last: Position
  hits: readonly Found[]
  until: string | undefined
}

/**
 * What of the next `max` is meant, and the last of them. Whose they are is asked of what the index brings: so the work is bounded, whoever asks. Done as the dispatcher's role;
 * the events themselves are read as the one who asks.
 */
function find(
  db: Database,
  tenant: string,
  { entityType, entityId, eventType }: HistoryQuery,
  { from, until, max }: { from: Position; until: string; max: number },
) {
  return db.query(
    (sql) => sql<Found[]>`
    select organisation_id, id, at, is_hit, position::int from (
      select *, row_number() over () as position, lead(id) over () is null as is_last from (
        select organisation_id, id, published_at::text as at, (
        (${tenant === 'platform'} or organisation_id::text = lower(${tenant}))
        and (${entityType ?? null}::text[] is null or entity_type = any(${entityType ?? null}::text[]))
        and (${entityId ?? null}::uuid is null or entity_id = ${entityId ?? null}::uuid)
        and (${eventType ? likePatterns(eventType) : null}::text[] is null
          or event_type like any(${eventType ? likePatterns(eventType) : null}::text[]))
      ) as is_hit
    from domain_events
    where published_at is not null and published_at < ${until}::text::timestamptz
      and (published_at, id) > (${from.at}::text::timestamptz, ${from.id}::uuid)
    order by published_at, id limit ${max}
      ) scanned
    ) looked where is_hit or is_last`,
  )
}

function read(sql: Sql, hits: readonly Found[]) {
  return sql<EventRow[]>`
    select e.id, entity_type, entity_id, event_type, data::text as data, e.organisation_id, user_id, correlation_id,
      source, published_at, publish_error, created_at
    from json_to_recordset(${JSON.stringify(
      hits.map(({ organisationId, id }) => ({ organisation_id: organisationId, id })),
    )}::text::json) as h(organisation_id uuid, id uuid)
    join domain_events e on e.organisation_id = h.organisation_id and e.id = h.id`
}

function startOf(since: string | undefined): Position {
  return since === undefined ? start : { ...start, at: new Date(since).toISOString() }
}

function encode({ at, id }: Position): string {
  return Buffer.from(`${at}/${id}`).toString('base64url')
}

function decode(cursor: string): Position {
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString('latin1').split('/')
  if (isTime(at) && isGuid(id)) return { at, id }
  throw pageErrors.cursor_invalid({ detail: 'Pass `nextCursor` as it was given.' })
}

/** As `startOf` makes it or Postgres prints it; what a calendar does not have, Postgres would not read. */
function isTime(text: string): boolean {
  const [, date, clock] =
    /^((?!0000)\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d{1,6})?(?:\+00|Z)$/.exec(text) ?? []
  const second = new Date(`${date}T${clock}Z`)
  return (
    text === start.at ||
    (!Number.isNaN(second.getTime()) && second.toISOString().startsWith(`${date}T${clock}`))
  )
}
