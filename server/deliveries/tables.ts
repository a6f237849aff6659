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
    /** Whose dispatcher sends it; 64: nobody's, it is pulled. */
    bucket: smallint().notNull(),
    /** Attempts finished so far, and the fence: a result counts only if this is what its sender saw. */
    attempts: smallint().notNull().default(0),
    /** `attempts` when the current run began: 0, or where a replay took over. */
    attemptsBefore: smallint('attempts_before').notNull().default(0),
    trigger: text().notNull().default('event'),
    dueAt: timestamp('due_at', { withTimezone: true }).notNull().defaultNow(),
    /** Of a pull subscription: since when somebody has it, until `due_at`. */
    leasedAt: timestamp('leased_at', { withTimezone: true }),
    lastStatusCode: smallint('last_status_code'),
    lastError: text('last_error'),
    /** How the last attempt ended: an OutcomeCode. */
    lastOutcome: text('last_outcome'),
    /** The entity whose order is kept; null when the subscription asks for none. */
    orderKey: uuid('order_key'),
    /** The replay that brought it here, if one did. */
    replayId: uuid('replay_id'),
  },
  (table) => [
    // The id is derived from event and subscription, so this is also what makes a delivery the only one of its pair.
    primaryKey({ columns: [table.organisationId, table.id] }),
    // What is due in one lane (a subscription within a bucket), oldest first; also the walk over all lanes.
    index('delivery_queue_lane_idx').on(table.bucket, table.subscriptionId, table.dueAt, table.id),
    // Where order is kept: what waits for one entity, oldest event first.
    index('delivery_queue_order_idx')
      .on(table.bucket, table.subscriptionId, table.orderKey, table.eventId)
      .where(sql`${table.orderKey} is not null`),
    // The log of all organisations, newest first.
    index('delivery_queue_id_idx').on(table.id),
    // What is left to do of a replay.
    index('delivery_queue_replay_idx')
      .on(table.replayId, table.id)
      .where(sql`${table.replayId} is not null`),
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
    /** How the last attempt ended: an OutcomeCode. */
    lastOutcome: text('last_outcome'),
    lastDurationMs: integer('last_duration_ms'),
    replayId: uuid('replay_id'),
    finishedAt: timestamp('finished_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    // The log of one organisation, newest first. A delivery's id begins with its event's millisecond, so this also finds
    // the deliveries of an event.
    primaryKey({ columns: [table.organisationId, table.id] }),
    // The log of all organisations, newest first.
    index('deliveries_id_idx').on(table.id),
    // The log of one subscription, newest first.
    index('deliveries_subscription_idx').on(table.subscriptionId, table.id),
    // What did not succeed, of an organisation and of all, newest first: few rows of many.
    index('deliveries_unsuccessful_idx')
      .on(table.organisationId, table.id)
      .where(sql`${table.status} <> 'succeeded'`),
    index('deliveries_unsuccessful_id_idx').on(table.id).where(sql`${table.status} <> 'succeeded'`),
    // What became of a replay.
    index('deliveries_replay_idx')
      .on(table.replayId, table.id)
      .where(sql`${table.replayId} is not null`),
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
