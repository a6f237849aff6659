import { listSources, type Mapping, type ValueSource } from './mapping.ts'

/** Of an event's data as Postgres prints it; more than the API takes is no event. */
const dataBytesMax = 256 * 1024
const dayMs = 86_400_000
/** Postgres takes a hundred arguments: so many pairs. */
const pairsMax = 50

export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`
const column = (name: string): string => `t.${identifier(name)}`
/** The line break ends a comment that an expression of somebody else's may close with. */
const expression = (sql: string): string => `(${sql}\n)`

/** A row as it is read: all text, so that nothing is lost on the way. */
export interface SourceRow {
  key: string[]
  /** Where the row stands in the order, for the page after it. */
  place: string[]
  /** RFC 3339 with microseconds; null when the row has no time. */
  createdAt: string | null
  createdAtMs: number | null
  entityType: string | null
  entityId: string | null
  eventType: string | null
  organisationId: string | null
  userId: string | null
  correlationId: string | null
  source: string | null
  dataType: string | null
  /** JSON as Postgres prints it, or its hash; null when it is too large. */
  data: string | null
  /** Values that a `map` does not know, by path. */
  unmapped: Record<string, string>
}

/** Half open, milliseconds since 1970; a bound that is left out does not bound. */
export interface TimeRange {
  fromMs?: number | undefined
  toMs?: number | undefined
}

/** Rows with a time in the range, or those without any. */
export type RowRange = TimeRange | 'without time'

/** The moment of a row; a time without zone is one only in the mapping's zone. */
const instant = ({ time, timeZone }: Mapping): string =>
  timeZone === undefined ? column(time) : `(${column(time)} at time zone ${literal(timeZone)})`

const tableOf = (mapping: Mapping): string => mapping.table.split('.').map(identifier).join('.')

/** Microseconds decide the order; a row without time has only its key. */
const orderOf = (mapping: Mapping, range: RowRange): string[] =>
  (range === 'without time' ? mapping.key : [mapping.time, ...mapping.key]).map(column)

/** What one page is asked for. `hashed` reads a hash of the data instead of the data. */
export interface PageRequest {
  range: RowRange
  after: string[] | undefined
  limit: number
  hashed?: boolean
}

export function pageSql(mapping: Mapping, request: PageRequest): string {
  const { event } = mapping
  const order = orderOf(mapping, request.range)
  const text = (name: keyof Mapping['event']): string => textSql(event[name])
  const data = request.hashed ? 'md5(d.json::text)' : 'd.json::text'
  return `
    select array[${mapping.key.map((name) => `${column(name)}::text`).join(', ')}] as key,
      array[${order.map((name) => `${name}::text`).join(', ')}] as place,
      to_char(${instant(mapping)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as created_at,
      case when isfinite(${column(mapping.time)}) then
        floor(extract(epoch from ${instant(mapping)}) * 1000)::float8 end as created_at_ms,
      ${text('entityType')} as entity_type, ${text('entityId')} as entity_id,
      ${text('eventType')} as event_type, ${text('organisationId')} as organisation_id,
      ${text('userId')} as user_id, ${text('correlationId')} as correlation_id,
      ${text('source')} as source, jsonb_typeof(d.json) as data_type,
      case when octet_length(d.json::text) <= ${dataBytesMax} then ${data} end as data,
      ${unmappedSql(mapping)} as unmapped
    from (${rowsSql(mapping, request)}) t, lateral (select ${jsonSql(event.data)} as json) d
    order by ${order.join(', ')}`
}

/** Where the next row stands: all that is known of a row that cannot be read. */
export function placeSql(mapping: Mapping, request: PageRequest): string {
  const order = orderOf(mapping, request.range)
  return `
    select array[${mapping.key.map((name) => `${column(name)}::text`).join(', ')}] as key,
      array[${order.map((name) => `${name}::text`).join(', ')}] as place,
      ${column(mapping.time)}::text as created_at
    from (${rowsSql(mapping, { ...request, limit: 1 })}) t`
}

/** A limit of its own around the rows, so that a value that cannot be computed hurts its own page only. */
function rowsSql(mapping: Mapping, { range, after, limit }: PageRequest): string {
  const order = orderOf(mapping, range)
  const beyond = after && `(${order.join(', ')}) > (${after.map(literal).join(', ')})`
  return `select t.* from ${tableOf(mapping)} t where ${whereSql(mapping, range)}
    ${beyond === undefined ? '' : `and ${beyond}`} order by ${order.join(', ')} limit ${limit}`
}

export function countSql(mapping: Mapping, range: RowRange): string {
  return `select count(*) as rows from ${tableOf(mapping)} t where ${whereSql(mapping, range)}`
}

function whereSql(mapping: Mapping, range: RowRange): string {
  const time = column(mapping.time)
  const own = mapping.where === undefined ? [] : [expression(mapping.where)]
  if (range === 'without time') return [...own, `isfinite(${time}) is not true`].join(' and ')
  const { fromMs, toMs } = range
  const exact = between(instant(mapping), timestamp(fromMs), timestamp(toMs))
  if (mapping.timeZone === undefined) return [...own, `isfinite(${time})`, ...exact].join(' and ')
  // An index knows the bare column only; no zone is further than a day from UTC.
  const near = (ms: number | undefined, byMs: number): string | undefined =>
    ms === undefined ? undefined : `${timestamp(ms + byMs)} at time zone 'UTC'`
  const rough = between(time, near(fromMs, -dayMs), near(toMs, dayMs))
  return [...own, `isfinite(${time})`, ...rough, ...exact].join(' and ')
}

const timestamp = (ms: number | undefined): string | undefined =>
  ms === undefined ? undefined : `${literal(new Date(ms).toISOString())}::timestamptz`

function between(value: string, from: string | undefined, to: string | undefined): string[] {
  return [
    ...(from === undefined ? [] : [`${value} >= ${from}`]),
    ...(to === undefined ? [] : [`${value} < ${to}`]),
  ]
}

/** A statement that reads nothing and fails if a value cannot be read. */
export function probeSql(mapping: Mapping, path: string, source: ValueSource): string {
  const isData = path === 'data' || path.startsWith('data.')
  return `select ${isData ? jsonSql(source) : textSql(source)} from ${tableOf(mapping)} t where false`
}

export function probeWhereSql(mapping: Mapping): string {
  return `select from ${tableOf(mapping)} t where false and ${expression(mapping.where ?? 'true')}`
}

function textSql(source: ValueSource | undefined): string {
  if (source?.column !== undefined) {
    const text = `${column(source.column)}::text`
    return source.map ? `(${literal(JSON.stringify(source.map))}::jsonb ->> ${text})` : text
  }
  if (source?.sql !== undefined) return `${expression(source.sql)}::text`
  const { constant } = source ?? {}
  if (constant === undefined || constant === null) return 'null::text'
  return literal(typeof constant === 'string' ? constant : JSON.stringify(constant))
}

function jsonSql(source: ValueSource): string {
  if (source.fields) return objectSql(Object.entries(source.fields))
  if (source.column !== undefined) {
    if (!source.map) return `to_jsonb(${column(source.column)})`
    return `(${literal(JSON.stringify(source.map))}::jsonb -> ${column(source.column)}::text)`
  }
  if (source.sql !== undefined) return `to_jsonb(${expression(source.sql)})`
  return `${literal(JSON.stringify(source.constant ?? null))}::jsonb`
}

function objectSql(entries: readonly [string, ValueSource][]): string {
  if (entries.length > pairsMax)
    return `${objectSql(entries.slice(0, pairsMax))} || ${objectSql(entries.slice(pairsMax))}`
  const pairs = entries.map(([name, source]) => `${literal(name)}, ${jsonSql(source)}`)
  return `jsonb_build_object(${pairs.join(', ')})`
}

function unmappedSql(mapping: Mapping): string {
  const pairs = listSources(mapping).flatMap(({ path, source }) => {
    if (source.column === undefined || !source.map) return []
    const text = `${column(source.column)}::text`
    const known = `${literal(JSON.stringify(source.map))}::jsonb ? ${text}`
    return `${literal(path)}, case when not ${known} then ${text} end`
  })
  return pairs.length === 0
    ? `'{}'::jsonb`
    : `jsonb_strip_nulls(jsonb_build_object(${pairs.join(', ')}))`
}
