import { sql } from 'drizzle-orm'
import { index, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/** The facts. Range-partitioned by `id` (a UUIDv7, so by time); anyone may insert, see docs. */
export const domainEvents = pgTable(
  'domain_events',
  {
    id: uuid().notNull(),
    entityType: text('entity_type').notNull(),
    entityId: uuid('entity_id').notNull(),
    eventType: text('event_type').notNull(),
    data: jsonb().notNull(),
    organisationId: uuid('organisation_id').notNull(),
    userId: uuid('user_id'),
    correlationId: uuid('correlation_id'),
    source: text().notNull().default('dashboard'),
    /** When the event's deliveries were created, also when it had none. Null: still to publish. */
    publishedAt: timestamp('published_at', { withTimezone: true }),
    publishError: text('publish_error'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    // The activity of one entity, newest first. Not led by the organisation: of a partition without statistics, the
    // planner might take such an index for the primary key's (decision 0023).
    index('domain_events_entity_idx').on(table.entityId, table.id),
    // What belongs together, newest first. Events without a correlation id never enter it.
    index('domain_events_correlation_idx')
      .on(table.correlationId, table.id)
      .where(sql`${table.correlationId} is not null`),
    // History, in the order of publishing: what comes is always behind what was read.
    index('domain_events_published_idx')
      .on(table.publishedAt, table.id)
      .where(sql`${table.publishedAt} is not null`),
    // What an owner of a bucket has still to publish. Events that come through the API never enter it.
    index('domain_events_unpublished_idx')
      .on(sql`bucket_of(${table.organisationId})`, table.id)
      .where(sql`${table.publishedAt} is null`),
  ],
)
