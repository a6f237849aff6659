import { sql } from 'drizzle-orm'
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'

/** Hot: the deliveries that are not finished. Rows leave when they finish, so it stays small. */
export const deliveryQueue = pgTable(
  'delivery_queue',
  {
    organisationId: uuid('organisation_id').notNull(),
    id: uuid().notNull(),
    eventId: uuid('event_id').notNull(),
    subscriptionId: uuid('subscription_id').notNull(),
    bucket: smallint().notNull(),
    /** Attempts finished so far, and the fence: a result counts only if this is what its sender saw. */
    attempts: smallint().notNull().default(0),
    /** `attempts` when the current run began: 0, or where a replay took over. */
    attemptsBefore: smallint('attempts_before').notNull().default(0),
    trigger: text().notNull().default('event'),
    dueAt: timestamp('due_at', { withTimezone: true }).notNull().defaultNow(),
    lastStatusCode: smallint('last_status_code'),
    lastError: text('last_error'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    // What is due in one lane (a subscription within a bucket), oldest first; also the walk over all lanes.
    index('delivery_queue_lane_idx').on(table.bucket, table.subscriptionId, table.dueAt, table.id),
    // Exactly one per event and subscription; and the deliveries of one event.
    uniqueIndex('delivery_queue_event_idx').on(
      table.organisationId,
      table.eventId,
      table.subscriptionId,
    ),
  ],
)

/** The ledger: one row per finished delivery. Range-partitioned by `id`. */
export const deliveries = pgTable(
  'deliveries',
  {
    organisationId: uuid('organisation_id').notNull(),
    id: uuid().notNull(),
    eventId: uuid('event_id').notNull(),
    subscriptionId: uuid('subscription_id').notNull(),
    /** `succeeded`, `failed` or `cancelled`. */
    status: text().notNull(),
    attempts: smallint().notNull(),
    trigger: text().notNull(),
    eventType: text('event_type').notNull(),
    entityType: text('entity_type').notNull(),
    entityId: uuid('entity_id').notNull(),
    lastStatusCode: smallint('last_status_code'),
    lastError: text('last_error'),
    finishedAt: timestamp('finished_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    // The log of one subscription, newest first.
    index('deliveries_subscription_idx').on(table.subscriptionId, table.id),
    // The deliveries of one event.
    index('deliveries_event_idx').on(table.organisationId, table.eventId),
    // What failed, newest first: few rows of many.
    index('deliveries_failed_idx')
      .on(table.organisationId, table.id)
      .where(sql`${table.status} = 'failed'`),
  ],
)

/** One HTTP request each, append-only. Range-partitioned by `delivery_id`, so it falls with its delivery. */
export const deliveryAttempts = pgTable(
  'delivery_attempts',
  {
    organisationId: uuid('organisation_id').notNull(),
    deliveryId: uuid('delivery_id').notNull(),
    number: smallint().notNull(),
    trigger: text().notNull(),
    startedAt: timestamp('started_at', { withTimezone: true }).notNull(),
    durationMs: integer('duration_ms').notNull(),
    /** Null when no new connection was needed or none came about. */
    connectMs: integer('connect_ms'),
    firstByteMs: integer('first_byte_ms'),
    url: text().notNull(),
    /** `succeeded`, or why not: `http_status`, `timeout`, `connect` … */
    outcome: text().notNull(),
    statusCode: smallint('status_code'),
    error: text(),
    signature: text().notNull(),
    /** Headers beyond those that every request carries; secret ones masked. */
    requestHeaders: jsonb('request_headers'),
    responseHeaders: jsonb('response_headers'),
    responseBody: text('response_body'),
    /** `utf8`, or `base64` where the bytes are not text. */
    responseBodyEncoding: text('response_body_encoding'),
    responseTruncated: boolean('response_truncated').notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.deliveryId, table.number] })],
)
