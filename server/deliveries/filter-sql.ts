import type { Sql } from '../database/database.ts'
import { lowestIdAt } from '../kernel/ids.ts'
import { likePatterns } from '../subscriptions/index.ts'
import type { DeliveryFilter } from './filter-schema.ts'
import { rangesOf } from './matches-filter.ts'

/**
 * Conditions, each with a leading `and`, on the row `alias`, which has the columns of the ledger: for rows of the queue
 * `status` and the columns of the event come from a join. Says the same as `matchesFilter`.
 */
export function filterSql(sql: Sql, filter: DeliveryFilter, alias: string) {
  const column = (name: string) => sql(`${alias}.${name}`)
  const one = (name: string, value: string | number | undefined) =>
    value === undefined ? sql`` : sql`and ${column(name)} = ${value}`
  const oneOf = (name: string, values: readonly string[] | undefined) =>
    values === undefined ? sql`` : sql`and ${column(name)} in ${sql(values)}`
  return sql`
    ${one('organisation_id', filter.organisationId)}
    ${oneOf('status', filter.status)}
    ${oneOf('subscription_id', filter.subscriptionId)}
    ${one('event_id', filter.eventId)}
    ${filter.eventType ? sql`and ${column('event_type')} like any (${likePatterns(filter.eventType)}::text[])` : sql``}
    ${oneOf('entity_type', filter.entityType)}
    ${one('entity_id', filter.entityId)}
    ${filter.statusCode ? sql`and ${statusCodeSql(sql, `${alias}.last_status_code`, filter.statusCode)}` : sql``}
    ${oneOf('last_outcome', filter.outcome)}
    ${oneOf('trigger', filter.trigger)}
    ${filter.minAttempts === undefined ? sql`` : sql`and ${column('attempts')} >= ${filter.minAttempts}`}
    ${filter.maxAttempts === undefined ? sql`` : sql`and ${column('attempts')} <= ${filter.maxAttempts}`}
    ${one('replay_id', filter.replayId)}
    ${filter.since ? sql`and ${column('id')} >= ${lowestIdAt(Date.parse(filter.since))}` : sql``}
    ${filter.until ? sql`and ${column('id')} < ${lowestIdAt(Date.parse(filter.until))}` : sql``}`
}

function statusCodeSql(sql: Sql, column: string, statusCodes: readonly string[]) {
  const ranges = rangesOf(statusCodes)
  return sql`exists (
    select from unnest(${ranges.map(([from]) => from)}::int[], ${ranges.map(([, to]) => to)}::int[]) as r(low, high)
    where ${sql(column)} between r.low and r.high)`
}
