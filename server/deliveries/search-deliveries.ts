import type { Context } from '../context.ts'
import type { Tx } from '../database/database.ts'
import { planSearchByIndex } from '../database/planner-settings.ts'
import { asTenant } from '../database/tenant.ts'
import { timeOfId } from '../kernel/ids.ts'
import type { DeliveryFilter } from './filter-schema.ts'
import { planSearch, type SearchFacts } from './plan-search.ts'
import type { Delivery } from './schemas.ts'
import { type SearchLimits, type SearchParts, searchSql } from './search-sql.ts'

/** An organisation's id, or `platform`: all of them. */
export type Tenant = string

export interface DeliveryRow {
  id: string
  organisationId: string
  eventId: string
  subscriptionId: string
  status: Delivery['status']
  attempts: number
  trigger: Delivery['trigger']
  eventType: string
  entityType: string
  entityId: string
  lastStatusCode: number | null
  lastError: string | null
  lastOutcome: string | null
  lastDurationMs: number | null
  replayId: string | null
  finishedAt: Date | null
  nextAttemptAt: Date | null
}

export interface SearchQuery {
  filter: DeliveryFilter
  /** Rows wanted at most. */
  limit: number
  /** The id that the page before ended with. */
  before?: string | undefined
}

export interface SearchResult {
  rows: DeliveryRow[]
  /** Where to go on from (`before`); null when there is nothing more. */
  next: string | null
  /** Set when the search stopped although `rows` are fewer than wanted: everything since then was looked at. */
  searchedUntil: Date | null
}

/** What one request may cost, in rows that are looked at. */
const scanDefault = { ledgerScan: 10_000, queueScan: 3000, entityEvents: 300 }

/**
 * Deliveries newest first: what waits and what is finished, merged by id, in one snapshot. However little matches, the
 * work is bounded; the result says how far it came. Going on from `next` neither skips nor repeats a delivery, whatever
 * is settled meanwhile, for in every snapshot it is in one of both tables, under the same id.
 */
export async function searchDeliveries(
  ctx: Context,
  tx: Tx,
  query: SearchQuery,
  scan: Omit<SearchLimits, 'hits'> = scanDefault,
): Promise<SearchResult> {
  const { filter, limit, before } = query
  const found = await runSearch(ctx, tx, { filter, before }, { hits: limit + 1, ...scan })
  const rows = found.slice(0, limit)
  const edge = found[0]?.edge ?? null
  const last = rows.at(-1)
  if (found.length > limit && last?.id)
    return { rows: asRows(rows), next: last.id, searchedUntil: null }
  return {
    rows: asRows(rows),
    next: edge,
    searchedUntil: edge === null ? null : new Date(timeOfId(edge)),
  }
}

type FoundRow = Omit<DeliveryRow, 'id'> & { id: string | null; edge: string | null }

async function runSearch(
  ctx: Context,
  tx: Tx,
  facts: Pick<SearchFacts, 'filter' | 'before'>,
  limits: SearchLimits,
): Promise<FoundRow[]> {
  const parts = await prepareSearch(ctx, tx, facts, limits)
  const select = (one: SearchParts) => tx<FoundRow[]>`
    ${searchSql(tx, one)}
    select bound.edge, h.* from (select (select id from edge) as edge) bound
      left join hits h on bound.edge is null or h.id >= bound.edge
    order by h.id desc nulls last limit ${limits.hits}`
  const found = await select(parts)
  const edge = found[0]?.edge
  const stuck =
    edge !== null && edge !== undefined && facts.before !== undefined && edge >= facts.before
  if (!stuck) return found
  // One entity has more events in one millisecond than are looked at: past them by the log.
  const { ledger, queue } = parts.plan
  return select({
    ...parts,
    plan: { ...parts.plan, ledger: ledger && 'log', queue: queue && 'log' },
  })
}

/** Plans a search within `tx` and sets that transaction up for it. */
export async function prepareSearch(
  ctx: Context,
  tx: Tx,
  facts: Pick<SearchFacts, 'filter' | 'before' | 'failing'>,
  limits: SearchLimits,
): Promise<SearchParts> {
  planSearchByIndex(tx)
  const { events, deliveries } = ctx.config.retentionDays
  const plan = planSearch({
    ...facts,
    subscriptionsOf: await organisationOfSubscriptions(tx, facts.filter),
    eventsRetained: events >= deliveries,
  })
  return { plan, filter: facts.filter, failing: facts.failing ?? false, limits }
}

async function organisationOfSubscriptions(
  tx: Tx,
  filter: DeliveryFilter,
): Promise<string | undefined> {
  const { subscriptionId: ids, organisationId } = filter
  if (!ids) return undefined
  const rows = await tx<{ organisationId: string | null }[]>`
    select organisation_id from subscriptions where id = any (${ids}::uuid[])
      ${organisationId ? tx`and organisation_id = ${organisationId}` : tx``}`
  const [first] = rows
  const all =
    rows.length === new Set(ids).size &&
    rows.every((row) => row.organisationId === first?.organisationId)
  return all ? (first?.organisationId ?? undefined) : undefined
}

/** Without a match there is one row all the same, which has the edge. */
function asRows(found: FoundRow[]): DeliveryRow[] {
  return found.flatMap(({ edge: _, id, ...row }) => (id === null ? [] : [{ ...row, id }]))
}

/** Reads as a tenant, whose filter names its organisation as well. */
export function readAs<T>(
  ctx: Context,
  tenant: Tenant,
  filter: DeliveryFilter,
  work: (tx: Tx, filter: DeliveryFilter) => Promise<T>,
): Promise<T> {
  const own = tenant === 'platform' ? filter : { ...filter, organisationId: tenant.toLowerCase() }
  return asTenant(ctx.database.api, tenant, (tx) => work(tx, own))
}
