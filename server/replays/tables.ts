import { index, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/** A request to deliver again what matches a filter. A null `organisation_id` is the platform's, over all of them. */
export const replays = pgTable(
  'replays',
  {
    id: uuid().primaryKey(),
    organisationId: uuid('organisation_id'),
    /** `failed`, `missing` or `all`. */
    mode: text().notNull(),
    filter: jsonb().notNull(),
    /** A selection instead of a filter. */
    deliveryIds: uuid('delivery_ids').array(),
    /** `running`, `paused`, `cancelled`, `completed` or `failed`. */
    status: text().notNull().default('running'),
    /** Deliveries put in the queue per second; null for as fast as it goes. */
    ratePerSecond: integer('rate_per_second'),
    /** How far it has come: what `cursor` is at, everything beyond is done. */
    cursor: jsonb(),
    /** What a look ahead at its creation counted: `{ willSend, complete }`. */
    estimate: jsonb(),
    queued: integer().notNull().default(0),
    skipped: jsonb().notNull().default({}),
    error: text(),
    createdBy: text('created_by'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
    finishedAt: timestamp('finished_at', { withTimezone: true }),
    /** Which dispatcher works on it, and until when nobody else may. */
    owner: uuid(),
    leaseUntil: timestamp('lease_until', { withTimezone: true }),
  },
  (table) => [
    // The list of an organisation's replays, newest first.
    index('replays_organisation_idx').on(table.organisationId, table.id),
    // What is to be worked on.
    index('replays_status_idx').on(table.status),
  ],
)
