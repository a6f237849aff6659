import { index, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/** Who did what. Rows are added in the transaction of what they tell, and never changed. */
export const auditLog = pgTable(
  'audit_log',
  {
    id: uuid().primaryKey(),
    /** Null for what concerns the platform. */
    organisationId: uuid('organisation_id'),
    /** `api_key`, `portal_token`, `jwt` or `system`. */
    actorKind: text('actor_kind').notNull(),
    /** The credential's id, or the `sub` of a JWT. */
    actorId: text('actor_id'),
    /** What people call it: the key's name, the portal token's subject. */
    actorName: text('actor_name'),
    /** `subscription.created`: the noun and what happened to it. */
    action: text().notNull(),
    targetKind: text('target_kind').notNull(),
    targetId: text('target_id').notNull(),
    /** What changed, without secrets; null where there was or is nothing. */
    before: jsonb(),
    after: jsonb(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    requestId: text('request_id'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    // An organisation's log, newest first.
    index('audit_log_organisation_idx').on(table.organisationId, table.id),
    // What happened to one thing, newest first.
    index('audit_log_target_idx').on(table.targetId, table.id),
  ],
)
