import type { Tx } from '../database/database.ts'
import type { PortalToken } from './portal-token-schemas.ts'
import type { portalTokens } from './tables.ts'

/** A token as it may be read: without its digest. */
export type PortalTokenRow = Omit<typeof portalTokens.$inferSelect, 'secretDigest' | 'scopes'> &
  Pick<PortalToken, 'scopes'>

/** Named one by one: the digest never leaves the table by accident. */
export function portalTokenColumns(tx: Tx) {
  return tx`id, organisation_id, subject, prefix, scopes, allowed_origins, created_by, created_at, expires_at,
    revoked_at, last_used_at`
}

export function presentPortalToken(row: PortalTokenRow): PortalToken {
  return {
    id: row.id,
    organisationId: row.organisationId,
    subject: row.subject,
    prefix: row.prefix,
    scopes: row.scopes,
    allowedOrigins: row.allowedOrigins,
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    revokedAt: row.revokedAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  }
}
