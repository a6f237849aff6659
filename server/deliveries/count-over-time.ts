import type { Context } from '../context.ts'
import type { DeliveryFilter } from './filter-schema.ts'
import type { DeliveryHistogram } from './schemas.ts'
import { prepareSearch, readAs, type Tenant } from './search-deliveries.ts'
import { type CountRow, countLimits, newestSql, presentCount } from './summarize-deliveries.ts'

const intervalsMax = 60

/**
 * How the newest 10,000 that match are distributed over time. Where the looking stopped before the filter's `since`, the
 * first interval begins there: none is half counted.
 */
export async function countOverTime(
  ctx: Context,
  tenant: Tenant,
  filter: DeliveryFilter,
): Promise<DeliveryHistogram> {
  const untilMs = filter.until === undefined ? ctx.clock.now() : Date.parse(filter.until)
  const sinceMs = filter.since === undefined ? null : Date.parse(filter.since)
  return readAs(ctx, tenant, filter, async (tx, own) => {
    const parts = await prepareSearch(ctx, tx, { filter: own }, countLimits)
    const rows = await tx<IntervalRow[]>`
      ${newestSql(tx, { ...parts, columns: ['id', 'status'] })},
      timed as (select status, ${millisecondOf(tx, 'id')} as ms from newest),
      span as (
        select coalesce((select ${millisecondOf(tx, 'id')} from edge), ${sinceMs}::float8::bigint,
          (select min(ms) from timed), ${untilMs}::float8::bigint) as since),
      scale as (
        select since, greatest(1, ceil((${untilMs}::float8 - since) / ${intervalsMax}))::bigint as width from span),
      counted as (
        select least(${intervalsMax - 1}, (ms - since) / width) as interval, status, count(*) as count
        from timed, scale where ms >= since group by 1, 2)
      select s.since::float8 as since_ms, s.width::float8 as interval_ms, (select id from edge) as edge,
        c.interval::int, c.status, c.count
      from scale s left join counted c on true`
    return present(rows, untilMs)
  })
}

interface IntervalRow {
  sinceMs: number
  intervalMs: number
  edge: string | null
  interval: number | null
  status: Exclude<keyof DeliveryHistogram['data'][number], 'at'> | null
  count: number | null
}

/** The millisecond that an id begins with. */
function millisecondOf(tx: Parameters<typeof newestSql>[0], column: string) {
  return tx`('x0000' || left(${tx(column)}::text, 8) || substr(${tx(column)}::text, 10, 4))::bit(64)::bigint`
}

function present(rows: IntervalRow[], untilMs: number): DeliveryHistogram {
  const { sinceMs = untilMs, intervalMs = 1, edge = null } = rows[0] ?? {}
  const intervals = Math.ceil((untilMs - sinceMs) / intervalMs)
  const data = Array.from(
    { length: Math.min(intervalsMax, Math.max(1, intervals)) },
    (_, index) => ({
      at: new Date(sinceMs + index * intervalMs).toISOString(),
      pending: 0,
      succeeded: 0,
      failed: 0,
      cancelled: 0,
    }),
  )
  let count = 0
  for (const row of rows) {
    if (row.interval === null || row.status === null || row.count === null) continue
    // What a client dated ahead of our clock counts as now.
    const interval = data[Math.min(row.interval, data.length - 1)]
    if (interval) interval[row.status] += row.count
    count += row.count
  }
  const total: CountRow = { count, edge }
  return { ...presentCount(total), since: new Date(sinceMs).toISOString(), intervalMs, data }
}
