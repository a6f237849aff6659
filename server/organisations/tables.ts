import { pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/** The id is the dashboard's own; a row appears when a key or a subscription first names it. */
export const organisations = pgTable('organisations', {
  id: uuid().primaryKey(),
  name: text(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
})
