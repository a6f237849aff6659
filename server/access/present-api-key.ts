import type { Tx } from '../database/database.ts'
import type { ApiKey } from './schemas.ts'
import type { apiKeys } from './tables.ts'

/** A key as it may be read: without its digest. */
export type ApiKeyRow = Omit<
  typeof apiKeys.$inferSelect,
  'secretDigest' | 'previousSecretDigest' | 'scopes'
> &
  Pick<ApiKey, 'scopes'>

/** Named one by one: the digest never leaves the table by accident. */
export function apiKeyColumns(tx: Tx) {
  return tx`id, organisation_id, name, prefix, scopes, created_at, expires_at, revoked_at, last_used_at,
    previous_secret_expires_at`
}

/** The predicate that holds a statement to one tenant; row-level security is the wall behind it. */
export function ofTenant(tx: Tx, tenant: string | 'platform') {
  return tenant === 'platform' ? tx`true` : tx`organisation_id = ${tenant}`
}

export function presentApiKey(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    organisationId: row.organisationId,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    previousSecretExpiresAt: row.previousSecretExpiresAt?.toISOString() ?? null,
  }
}
