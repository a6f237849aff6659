import { integer, pgTable, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/** One row per running dispatcher; a new id at each start. Not distributed, not partitioned. */
export const dispatchers = pgTable('dispatchers', {
  id: uuid().primaryKey(),
  /** Machine and process namespace: only a neighbour on the same host can tell that `pid` is gone. */
  host: text().notNull(),
  pid: integer().notNull(),
  startedAt: timestamp('started_at', { withTimezone: true }).notNull().defaultNow(),
  leaseUntil: timestamp('lease_until', { withTimezone: true }).notNull(),
})

/** The 64 buckets of work and who owns each. The owner alone reads and settles its rows. */
export const buckets = pgTable('buckets', {
  bucket: smallint().primaryKey(),
  owner: uuid(),
})
