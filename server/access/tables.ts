import { index, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'

/** A null `organisation_id` is a platform key. Only a digest of the secret half is kept. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: uuid().primaryKey(),
    organisationId: uuid('organisation_id'),
    name: text().notNull(),
    /** The public half, by which a presented key is looked up. */
    prefix: text().notNull(),
    secretDigest: text('secret_digest').notNull(),
    /** Of the secret before the last rotation, good until the time beside it. */
    previousSecretDigest: text('previous_secret_digest'),
    previousSecretExpiresAt: timestamp('previous_secret_expires_at', { withTimezone: true }),
    scopes: text().array().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp('expires_at', { withTimezone: true }),
    revokedAt: timestamp('revoked_at', { withTimezone: true }),
    lastUsedAt: timestamp('last_used_at', { withTimezone: true }),
  },
  (table) => [
    // Authentication: one key by its public half.
    uniqueIndex('api_keys_prefix_idx').on(table.prefix),
    // The list of an organisation's keys, newest first.
    index('api_keys_organisation_idx').on(table.organisationId, table.id),
  ],
)

/** Opens the console for one person of an organisation, for an hour at most. Only a digest of its secret is kept. */
export const portalTokens = pgTable(
  'portal_tokens',
  {
    organisationId: uuid('organisation_id').notNull(),
    id: uuid().notNull(),
    /** Whom the host gave it to: shown in the audit log. */
    subject: text(),
    prefix: text().notNull(),
    secretDigest: text('secret_digest').notNull(),
    scopes: text().array().notNull(),
    /** Origins whose pages may show the console in a frame, or use the token from a script; empty for the server's own. */
    allowedOrigins: text('allowed_origins').array().notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    revokedAt: timestamp('revoked_at', { withTimezone: true }),
    lastUsedAt: timestamp('last_used_at', { withTimezone: true }),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    // Authentication: one token by its public half.
    uniqueIndex('portal_tokens_prefix_idx').on(table.prefix),
    // What has expired, for house-keeping.
    index('portal_tokens_expires_idx').on(table.expiresAt),
  ],
)
