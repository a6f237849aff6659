import type { Tx } from '../database/database.ts'
import type { Organisation } from './schemas.ts'
import type { organisations } from './tables.ts'

export type OrganisationRow = typeof organisations.$inferSelect

export function organisationColumns(tx: Tx) {
  return tx`id, name, created_at, quota_events_per_second, quota_events_burst, quota_subscriptions, quota_backlog`
}

export function presentOrganisation(row: OrganisationRow): Organisation {
  return {
    id: row.id,
    name: row.name,
    createdAt: row.createdAt.toISOString(),
    quotas: {
      eventsPerSecond: row.quotaEventsPerSecond,
      eventsBurst: row.quotaEventsBurst,
      subscriptions: row.quotaSubscriptions,
      backlog: row.quotaBacklog,
    },
  }
}
