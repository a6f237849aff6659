import type { Context } from '../context.ts'
import type { Tx } from '../database/database.ts'
import { planSearchByIndex } from '../database/planner-settings.ts'
import { asTenant } from '../database/tenant.ts'
import { lowestIdAt, timeOfId } from '../kernel/ids.ts'
import { decodeCursor, encodeCursor, type Page, toPage } from '../kernel/page.ts'
import type { AuditAction, AuditEntry } from './schemas.ts'
import type { auditLog } from './tables.ts'

type AuditRow = typeof auditLog.$inferSelect

export interface AuditQuery {
  limit: number
  cursor?: string | undefined
  action?: AuditAction | undefined
  actorId?: string | undefined
  targetKind?: string | undefined
  targetId?: string | undefined
  since?: string | undefined
  until?: string | undefined
}

/** Entries that one request looks at, whatever matches. */
const scanMax = 5000

/** Newest first; `platform` sees every organisation's and its own. A page can be short although more follows. */
export async function listEntries(
  ctx: Context,
  tenant: string | 'platform',
  query: AuditQuery,
  scan = scanMax,
): Promise<Page<AuditEntry> & { searchedUntil: string | null }> {
  const rows = await asTenant(ctx.database.api, tenant, (tx) =>
    selectEntries(tx, tenant, query, { hits: query.limit + 1, scan }),
  )
  const edge = rows[0]?.edge ?? null
  const found = rows.filter((row) => row.id !== null)
  const { data, nextCursor } = toPage(found, query.limit, presentEntry)
  const stopped = nextCursor === null && edge !== null
  return {
    data,
    nextCursor: stopped ? encodeCursor(edge) : nextCursor,
    searchedUntil: stopped ? new Date(timeOfId(edge)).toISOString() : null,
  }
}

/** A row more than a page, each with `edge`: the id down to which was searched, null when there is nothing more. */
function selectEntries(
  tx: Tx,
  tenant: string | 'platform',
  query: AuditQuery,
  max: { hits: number; scan: number },
) {
  const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor)
  const { action, actorId, targetKind, targetId, since, until } = query
  const own = tenant === 'platform' ? tx`true` : tx`organisation_id = ${tenant}`
  planSearchByIndex(tx)
  return tx<(AuditRow & { edge: string | null })[]>`
    with scan as materialized (
      select id, organisation_id, action, actor_id, target_kind from audit_log
      where ${targetId ? tx`target_id = ${targetId}` : own}
        ${since ? tx`and id >= ${lowestIdAt(Date.parse(since))}` : tx``}
        ${until ? tx`and id < ${lowestIdAt(Date.parse(until))}` : tx``}
        ${before ? tx`and id < ${before}` : tx``}
      order by id desc limit ${max.scan}
    ), hits as materialized (
      select id from scan where ${own}
        ${action ? tx`and action = ${action}` : tx``}
        ${actorId ? tx`and actor_id = ${actorId}` : tx``}
        ${targetKind ? tx`and target_kind = ${targetKind}` : tx``}
      order by id desc limit ${max.hits}
    ), edge as (
      select coalesce((select id from hits order by id desc offset ${max.hits - 1} limit 1),
        (select id from scan order by id desc offset ${max.scan - 1} limit 1)) as edge
    )
    select entry.*, edge.edge from edge left join (hits h join audit_log entry on entry.id = h.id) on true
    order by entry.id desc nulls last`
}

function presentEntry(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    organisationId: row.organisationId,
    actorKind: row.actorKind as AuditEntry['actorKind'],
    actorId: row.actorId,
    actorName: row.actorName,
    action: row.action as AuditEntry['action'],
    targetKind: row.targetKind,
    targetId: row.targetId,
    before: row.before as AuditEntry['before'],
    after: row.after as AuditEntry['after'],
    ipAddress: row.ipAddress,
    userAgent: row.userAgent,
    requestId: row.requestId,
    createdAt: row.createdAt.toISOString(),
  }
}
