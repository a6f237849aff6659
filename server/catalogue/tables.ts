import { integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/** The catalogue: global, small, a reference table when the schema is distributed. */
export const eventTypes = pgTable('event_types', {
  name: text().primaryKey(),
  entityType: text('entity_type').notNull(),
  description: text().notNull(),
  /** JSON Schema of `data`, or null when it is not described. */
  schema: jsonb(),
  example: jsonb(),
  version: integer().notNull().default(1),
  /** What happens to data that does not fit: `off`, `warn` or `strict`. */
  validation: text().notNull().default('warn'),
  deprecatedAt: timestamp('deprecated_at', { withTimezone: true }),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
})
