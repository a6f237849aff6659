import { sql } from 'drizzle-orm'
import { index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/** The id is the dashboard's own; a row appears when a key or a subscription first names it. */
export const organisations = pgTable(
  'organisations',
  {
    id: uuid().primaryKey(),
    name: text(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    /** Instead of the defaults; null for those, 0 for no limit. */
    quotaEventsPerSecond: integer('quota_events_per_second'),
    quotaEventsBurst: integer('quota_events_burst'),
    quotaSubscriptions: integer('quota_subscriptions'),
    quotaBacklog: integer('quota_backlog'),
  },
  (table) => [
    // The few that were given quotas, read every five seconds.
    index('organisations_quotas_idx')
      .on(table.id)
      .where(
        sql`num_nonnulls(${table.quotaEventsPerSecond}, ${table.quotaEventsBurst}, ${table.quotaSubscriptions}, ${table.quotaBacklog}) > 0`,
      ),
  ],
)
