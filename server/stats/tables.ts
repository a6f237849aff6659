import {
  bigint,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'

/**
 * What happened in a minute, an hour and a day, added up, so that a chart never reads the log. Beside the rows of each
 * subscription there are those of the whole organisation, with the nil UUID for the subscription, and those of the whole
 * platform, with it for both: a chart of many subscriptions reads no more than one of a single one.
 */
export const deliveryStats = pgTable(
  'delivery_stats',
  {
    organisationId: uuid('organisation_id').notNull(),
    /** 1, 60 or 1440. */
    grainMinutes: smallint('grain_minutes').notNull(),
    /** Begin of the minute, hour or day (UTC) in which the attempts began. */
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
    // One subscription over time, and each of a list.
    index('delivery_stats_subscription_idx').on(table.subscriptionId, table.grainMinutes, table.at),
    // What is past its retention.
    index('delivery_stats_age_idx').on(table.grainMinutes, table.at),
  ],
)
