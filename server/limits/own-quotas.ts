import type { Sql, Tx } from '../database/database.ts'
import type { Quotas } from '../kernel/limit-config.ts'

/** What an organisation was given instead of the defaults; null where it was given nothing. */
export type OwnQuotas = { [Name in keyof Quotas]: number | null }

/** All organisations with quotas of their own. There is an index of those. */
export function selectOwnQuotas(sql: Sql) {
  return sql<(OwnQuotas & { id: string })[]>`
    select id, ${ownQuotas(sql)} from organisations
    where num_nonnulls(quota_events_per_second, quota_events_burst, quota_subscriptions, quota_backlog) > 0`
}

/** What one organisation was given; all null when it was given nothing, or is not known yet. */
export async function readOwnQuotas(tx: Tx, organisationId: string): Promise<OwnQuotas> {
  const [row] = await tx<OwnQuotas[]>`
    select ${ownQuotas(tx)} from organisations where id = ${organisationId}`
  return row ?? { eventsPerSecond: null, eventsBurst: null, subscriptions: null, backlog: null }
}

function ownQuotas(sql: Sql | Tx) {
  return sql`quota_events_per_second as events_per_second, quota_events_burst as events_burst,
    quota_subscriptions as subscriptions, quota_backlog as backlog`
}

export function quotasWith(own: Partial<OwnQuotas> | undefined, defaults: Quotas): Quotas {
  return {
    eventsPerSecond: own?.eventsPerSecond ?? defaults.eventsPerSecond,
    eventsBurst: own?.eventsBurst ?? defaults.eventsBurst,
    subscriptions: own?.subscriptions ?? defaults.subscriptions,
    backlog: own?.backlog ?? defaults.backlog,
  }
}
