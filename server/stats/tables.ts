import {
  bigint,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'

/** What happened in a minute or an hour, added up, so that a chart never reads the log. */
export const deliveryStats = pgTable(
  'delivery_stats',
  {
    organisationId: uuid('organisation_id').notNull(),
    /** 1 or 60. */
    grainMinutes: smallint('grain_minutes').notNull(),
    at: timestamp({ withTimezone: true }).notNull(),
    subscriptionId: uuid('subscription_id').notNull(),
    eventType: text('event_type').notNull(),
    /** Attempts by how they ended. */
    attemptsSucceeded: integer('attempts_succeeded').notNull().default(0),
    attemptsRedirect: integer('attempts_redirect').notNull().default(0),
    attemptsClientError: integer('attempts_client_error').notNull().default(0),
    attemptsServerError: integer('attempts_server_error').notNull().default(0),
    attemptsTimeout: integer('attempts_timeout').notNull().default(0),
    attemptsNetwork: integer('attempts_network').notNull().default(0),
    /** Deliveries that ended. */
    deliveriesSucceeded: integer('deliveries_succeeded').notNull().default(0),
    deliveriesFailed: integer('deliveries_failed').notNull().default(0),
    /** Of all attempts. */
    durationMsTotal: bigint('duration_ms_total', { mode: 'number' }).notNull().default(0),
    /** Attempts by duration, one count per class of the histogram. */
    durationHistogram: integer('duration_histogram').array().notNull(),
  },
  (table) => [
    primaryKey({
      columns: [
        table.organisationId,
        table.grainMinutes,
        table.at,
        table.subscriptionId,
        table.eventType,
      ],
    }),
  ],
)
