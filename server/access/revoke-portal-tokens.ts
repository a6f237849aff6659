import type { Context } from '../context.ts'
import type { Fragment, Tx } from '../database/database.ts'
import { asTenant } from '../database/tenant.ts'
import { commonErrors } from '../kernel/errors.ts'
import { ofTenant } from './present-api-key.ts'
import { verifiedKeysOf } from './verified-keys.ts'

type Tenant = string | 'platform'

/** Revoking again changes nothing. @throws not_found */
export async function revokePortalToken(ctx: Context, tenant: Tenant, id: string): Promise<void> {
  if ((await revoke(ctx, tenant, (tx) => tx`id = ${id}`)) === 0) throw commonErrors.not_found()
}

/** All of one subject that are still valid; how many those were. */
export async function revokePortalTokensOf(
  ctx: Context,
  tenant: Tenant,
  subject: string,
): Promise<number> {
  return revoke(
    ctx,
    tenant,
    (tx) => tx`subject = ${subject} and revoked_at is null and expires_at > now()`,
  )
}

/** At once in this process, within two seconds in others. */
async function revoke(ctx: Context, tenant: Tenant, which: (tx: Tx) => Fragment): Promise<number> {
  const revoked = await asTenant(
    ctx.database.api,
    tenant,
    async (tx) => tx`
      update portal_tokens set revoked_at = coalesce(revoked_at, now())
      where ${which(tx)} and ${ofTenant(tx, tenant)} returning id`,
  )
  if (revoked.length > 0) verifiedKeysOf(ctx).clear()
  return revoked.length
}
