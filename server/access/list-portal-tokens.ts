import type { Context } from '../context.ts'
import { asTenant } from '../database/tenant.ts'
import { decodeCursor, type Page, toPage } from '../kernel/page.ts'
import type { PortalToken } from './portal-token-schemas.ts'
import { ofTenant } from './present-api-key.ts'
import {
  type PortalTokenRow,
  portalTokenColumns,
  presentPortalToken,
} from './present-portal-token.ts'

export interface PortalTokenQuery {
  limit: number
  cursor?: string | undefined
  expired: 'true' | 'false'
}

/** Newest first, revoked ones among them until they would have expired. */
export async function listPortalTokens(
  ctx: Context,
  tenant: string | 'platform',
  { limit, cursor, expired }: PortalTokenQuery,
): Promise<Page<PortalToken>> {
  const before = cursor === undefined ? undefined : decodeCursor(cursor)
  const rows = await asTenant(
    ctx.database.api,
    tenant,
    async (tx) => tx<PortalTokenRow[]>`
      select ${portalTokenColumns(tx)} from portal_tokens
      where ${ofTenant(tx, tenant)}
        ${expired === 'true' ? tx`` : tx`and expires_at > now()`}
        ${before === undefined ? tx`` : tx`and id < ${before}`}
      order by id desc limit ${limit + 1}`,
  )
  return toPage(rows, limit, presentPortalToken)
}
