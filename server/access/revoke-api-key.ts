import type { Context } from '../context.ts'
import { asTenant } from '../database/tenant.ts'
import { commonErrors } from '../kernel/errors.ts'
import { ofTenant } from './present-api-key.ts'
import { verifiedKeysOf } from './verified-keys.ts'

/** At once in this process, within two seconds in others. Revoking again changes nothing. @throws not_found */
export async function revokeApiKey(
  ctx: Context,
  tenant: string | 'platform',
  id: string,
): Promise<void> {
  const revoked = await asTenant(
    ctx.database.api,
    tenant,
    async (tx) => tx`
      update api_keys set revoked_at = coalesce(revoked_at, now())
      where id = ${id} and ${ofTenant(tx, tenant)} returning id`,
  )
  if (revoked.length === 0) throw commonErrors.not_found()
  verifiedKeysOf(ctx).clear()
}
