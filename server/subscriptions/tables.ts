import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'

/** A secret that was replaced. */
export interface PreviousSecret {
  /** As the one of the row. */
  secret: string
  /** ISO 8601. */
  expiresAt: string
}

/** A null `organisation_id` is a platform subscription: it hears every organisation. */
export const subscriptions = pgTable(
  'subscriptions',
  {
    id: uuid().primaryKey(),
    organisationId: uuid('organisation_id'),
    uid: text(),
    /** `webhook`: posted to `url`; `pull`: fetched. Never changes. */
    mode: text().notNull().default('webhook'),
    /** Null for `pull`. */
    url: text(),
    description: text(),
    entityTypes: text('entity_types').array(),
    eventTypes: text('event_types').array(),
    entityIds: uuid('entity_ids').array(),
    filter: jsonb(),
    /** `active`, `paused` (deliveries wait) or `disabled` (nothing new is queued, what waits is held). */
    status: text().notNull().default('active'),
    disabledReason: text('disabled_reason'),
    /** `hmac` or `ed25519`: what kind of key `secret` is. */
    signing: text().notNull().default('hmac'),
    /** `whsec_…` or `whsk_…`, sealed where there are keys. */
    secret: text().notNull(),
    /** Those before that sign as well, each until its time; newest first. */
    previousSecrets: jsonb('previous_secrets').$type<PreviousSecret[]>().notNull().default([]),
    headers: jsonb().notNull().default({}),
    retryScheduleSeconds: integer('retry_schedule_seconds').array(),
    timeoutMs: integer('timeout_ms'),
    rateLimit: integer('rate_limit'),
    ordering: text().notNull().default('none'),
    metadata: jsonb().notNull().default({}),
    /** Value of `subscription_revision` when this row last changed: what a dispatcher's copy lacks. */
    revision: bigint({ mode: 'number' }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
    deletedAt: timestamp('deleted_at', { withTimezone: true }),
  },
  (table) => [
    // The list of an organisation's subscriptions, newest first.
    index('subscriptions_organisation_idx').on(table.organisationId, table.id),
    // One subscription per caller's own uid, also among deleted ones: a PUT revives them.
    uniqueIndex('subscriptions_uid_idx')
      .on(
        sql`coalesce(${table.organisationId}, '00000000-0000-0000-0000-000000000000'::uuid)`,
        table.uid,
      )
      .where(sql`${table.uid} is not null`),
    // What changed since a revision.
    index('subscriptions_revision_idx').on(table.revision),
    check(
      'subscriptions_previous_secrets_list',
      sql`jsonb_typeof(${table.previousSecrets}) = 'array'`,
    ),
  ],
)

/** One row. Every change of a subscription adds one in the same statement, so readers can tell they are stale. */
export const subscriptionRevision = pgTable(
  'subscription_revision',
  {
    id: smallint().primaryKey().default(1),
    revision: bigint({ mode: 'number' }).notNull().default(0),
  },
  (table) => [check('subscription_revision_one_row', sql`${table.id} = 1`)],
)

/** How a subscription has fared lately. Written when that changes, not per delivery. */
export const subscriptionHealth = pgTable('subscription_health', {
  subscriptionId: uuid('subscription_id').primaryKey(),
  organisationId: uuid('organisation_id'),
  /** Since when nothing has succeeded; null while it works. */
  failingSince: timestamp('failing_since', { withTimezone: true }),
  consecutiveFailures: integer('consecutive_failures').notNull().default(0),
  lastSuccessAt: timestamp('last_success_at', { withTimezone: true }),
  lastFailureAt: timestamp('last_failure_at', { withTimezone: true }),
  /** When its deliveries were fetched last; of pull subscriptions. */
  lastPulledAt: timestamp('last_pulled_at', { withTimezone: true }),
  lastOutcome: text('last_outcome'),
  lastError: text('last_error'),
})
