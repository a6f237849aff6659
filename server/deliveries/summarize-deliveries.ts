import type { Context } from '../context.ts'
import type { Tx } from '../database/database.ts'
import { timeOfId } from '../kernel/ids.ts'
import type { DeliveryFilter } from './filter-schema.ts'
import { type FailureRow, groupFailures } from './group-failures.ts'
import type { DeliveryCount, DeliveryFacets, FailureGroups } from './schemas.ts'
import { prepareSearch, readAs, type Tenant } from './search-deliveries.ts'
import { type SearchParts, searchSql } from './search-sql.ts'

/**
 * What one request may look at. One match more than is told, to see whether there are more. Counting looks further than
 * a list, for it has no next page and needs nothing but ids.
 */
export const countLimits = { hits: 10_001, ledgerScan: 20_000, queueScan: 5000, entityEvents: 1000 }
/** The shares of a few thousand are those of ten thousand, for a third of the time. */
const summaryLimits = { hits: 3001, ledgerScan: 10_000, queueScan: 3000, entityEvents: 300 }

const facetColumns = [
  'id',
  'status',
  'event_type',
  'subscription_id',
  'last_status_code',
  'last_outcome',
] as const

/** How many match, to 10,000. */
export async function countDeliveries(
  ctx: Context,
  tenant: Tenant,
  filter: DeliveryFilter,
): Promise<DeliveryCount> {
  return readAs(ctx, tenant, filter, async (tx, own) => {
    const parts = await prepareSearch(ctx, tx, { filter: own }, countLimits)
    const [row] = await tx<CountRow[]>`
      ${newestSql(tx, { ...parts, columns: ['id'] })}
      select (select count(*) from newest) as count, (select id from edge) as edge`
    return presentCount(row)
  })
}

/** How the newest 3,000 that match are distributed. */
export async function countFacets(
  ctx: Context,
  tenant: Tenant,
  filter: DeliveryFilter,
): Promise<DeliveryFacets> {
  return readAs(ctx, tenant, filter, async (tx, own) => {
    const parts = await prepareSearch(ctx, tx, { filter: own }, summaryLimits)
    const rows = await tx<FacetRow[]>`
      ${newestSql(tx, { ...parts, columns: facetColumns })}
      select status, event_type, subscription_id, last_status_code, last_outcome, count(*) as count,
        (select id from edge) as edge
      from newest
      group by grouping sets ((), (status), (event_type), (subscription_id), (last_status_code), (last_outcome))`
    const facet = <Value>(value: (row: FacetRow) => Value | null) =>
      rows
        .flatMap((row) => {
          const one = value(row)
          return one === null ? [] : [{ value: one, count: row.count }]
        })
        .sort((a, b) => b.count - a.count || (String(a.value) < String(b.value) ? -1 : 1))
        .slice(0, 100)
    // The rows of null: the total, and whatever has no status code or no outcome.
    const total = Math.max(...rows.filter(isTotal).map((row) => row.count))
    return {
      ...presentCount({ count: total, edge: rows[0]?.edge ?? null }),
      status: facet((row) => row.status),
      eventType: facet((row) => row.eventType),
      subscriptionId: facet((row) => row.subscriptionId),
      statusCode: facet((row) => row.lastStatusCode),
      outcome: facet((row) => row.lastOutcome),
    }
  })
}

/** What fails, grouped by where and how: of the newest 3,000 that failed or are tried again. */
export async function listFailureGroups(
  ctx: Context,
  tenant: Tenant,
  filter: DeliveryFilter,
  { limit, sort }: { limit: number; sort: 'count' | 'newest' },
): Promise<FailureGroups> {
  return readAs(ctx, tenant, filter, async (tx, own) => {
    const parts = await prepareSearch(ctx, tx, { filter: own, failing: true }, summaryLimits)
    const rows = await tx<(FailureRow & { edge: string | null })[]>`
      ${newestSql(tx, { ...parts, columns: [...facetColumns, 'last_error'] })}, groups as (
        select subscription_id, last_outcome as outcome, last_status_code as status_code, last_error as error, status,
          event_type, count(*) as count, max(id::text collate "C") as newest,
          min(id::text collate "C") as oldest
        from newest
        group by 1, 2, 3, 4, 5, 6)
      select g.*, b.edge from (select (select id from edge) as edge) b left join groups g on true`
    // Without a group there is one row all the same, which has the edge.
    const found = rows.filter((row) => row.newest !== null)
    const count = found.reduce((sum, row) => sum + row.count, 0)
    return {
      ...presentCount({ count, edge: rows[0]?.edge ?? null }),
      data: groupFailures(found, sort).slice(0, limit),
    }
  })
}

export interface CountRow {
  count: number
  /** The id down to which everything was counted; null: there is nothing more. */
  edge: string | null
}

interface FacetRow extends CountRow {
  status: DeliveryFacets['status'][number]['value'] | null
  eventType: string | null
  subscriptionId: string | null
  lastStatusCode: number | null
  lastOutcome: string | null
}

const isTotal = (row: FacetRow) =>
  row.status === null &&
  row.eventType === null &&
  row.subscriptionId === null &&
  row.lastStatusCode === null &&
  row.lastOutcome === null

/** `newest`: as many as are told. */
export function newestSql(tx: Tx, parts: SearchParts) {
  return tx`${searchSql(tx, parts)},
    newest as (select * from hits order by id desc limit ${parts.limits.hits - 1})`
}

export function presentCount(row: CountRow | undefined): DeliveryCount {
  const { count = 0, edge = null } = row ?? {}
  return {
    count,
    complete: edge === null,
    searchedUntil: edge === null ? null : new Date(timeOfId(edge)).toISOString(),
  }
}
