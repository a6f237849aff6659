import type { Context } from '../context.ts'
import { asTenant } from '../database/tenant.ts'
import { decodeCursor, type Page, toPage } from '../kernel/page.ts'
import { type ApiKeyRow, apiKeyColumns, ofTenant, presentApiKey } from './present-api-key.ts'
import type { ApiKey } from './schemas.ts'

export interface ApiKeyQuery {
  limit: number
  cursor?: string | undefined
}

/** Newest first, revoked ones among them. */
export async function listApiKeys(
  ctx: Context,
  tenant: string | 'platform',
  query: ApiKeyQuery,
): Promise<Page<ApiKey>> {
  const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor)
  const rows = await asTenant(
    ctx.database.api,
    tenant,
    async (tx) => tx<ApiKeyRow[]>`
      select ${apiKeyColumns(tx)} from api_keys
      where ${ofTenant(tx, tenant)} ${before === undefined ? tx`` : tx`and id < ${before}`}
      order by id desc limit ${query.limit + 1}`,
  )
  return toPage(rows, query.limit, presentApiKey)
}
