import type { Fragment, Sql } from '../database/database.ts'
import { filterSql } from '../deliveries/index.ts'
import type { ReplayFilter } from './schemas.ts'

/*
 * The conditions of a filter beside its bounds and its subscription. A window is read by these two alone, and the
 * conditions are judged on its rows, so that a rare match never makes a statement read on and on.
 */

/** For a row `d` with the columns of the ledger. */
export function matchesLedger(sql: Sql, filter: ReplayFilter): Fragment {
  return sql`true ${filterSql(sql, filter, 'd')}`
}

/** For a row `e` of the events: what of a delivery its event decides. */
export function matchesEvents(sql: Sql, filter: ReplayFilter): Fragment {
  const { eventId, eventType, entityType, entityId } = filter
  return sql`
    ${eventId ? sql`e.id = ${eventId}` : sql`true`}
    ${filterSql(sql, { eventType, entityType, entityId }, 'e')}`
}
