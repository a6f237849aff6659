import { recordAudit } from '../audit/index.ts'
import type { Context } from '../context.ts'
import { asTenant } from '../database/tenant.ts'
import type { Caller } from '../kernel/caller.ts'
import { commonErrors } from '../kernel/errors.ts'
import { type ApiKeyRow, apiKeyColumns, ofTenant } from './present-api-key.ts'
import { verifiedKeysOf } from './verified-keys.ts'

/** At once in this process, within two seconds in others. Revoking again changes nothing. @throws not_found */
export async function revokeApiKey(
  ctx: Context,
  by: Caller,
  tenant: string | 'platform',
  id: string,
): Promise<void> {
  await asTenant(ctx.database.api, tenant, async (tx) => {
    const [key] = await tx<ApiKeyRow[]>`
      update api_keys set revoked_at = coalesce(revoked_at, now())
      where id = ${id} and ${ofTenant(tx, tenant)} returning ${apiKeyColumns(tx)}`
    if (key === undefined) throw commonErrors.not_found({ detail: `There is no API key ${id}.` })
    const { name, prefix, organisationId } = key
    const before = { name, prefix }
    await recordAudit(tx, by, { action: 'api_key.revoked', organisationId, targetId: id, before })
  })
  verifiedKeysOf(ctx).clear()
}
