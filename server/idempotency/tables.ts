import { customType, index, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

/** One row per request that came with an `Idempotency-Key`, for a day. Nothing in it can be read without the credential. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /** Of the credential, its organisation and the key: whose it is cannot be seen. */
    digest: text().primaryKey(),
    /** Of the method, the address and the body: whether it is the same request. */
    fingerprint: text().notNull(),
    /** Who works on it; another who takes over writes another. */
    claim: uuid().notNull(),
    /** After that the process that made the claim counts as gone. */
    claimedUntil: timestamp('claimed_until', { withTimezone: true }).notNull(),
    /** Set by the transaction of the change itself. */
    appliedAt: timestamp('applied_at', { withTimezone: true }),
    /** Encrypted by the credential that asked. */
    answer: bytea(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    // What is a day old, for house-keeping.
    index('idempotency_keys_created_idx').on(table.createdAt),
  ],
)
