import { pgTable, timestamp, uuid } from 'drizzle-orm/pg-core'

/** Processes in which somebody watches the live tail; dispatchers elsewhere tell only while there is one. */
export const streamListeners = pgTable('stream_listeners', {
  id: uuid().primaryKey(),
  leaseUntil: timestamp('lease_until', { withTimezone: true }).notNull(),
})
