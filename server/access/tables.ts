import { index, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'

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
