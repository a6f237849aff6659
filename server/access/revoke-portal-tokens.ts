import { recordAudit } from '../audit/index.ts'
import type { Context } from '../context.ts'
import type { Fragment, Tx } from '../database/database.ts'
import { asTenant } from '../database/tenant.ts'
import type { Caller } from '../kernel/caller.ts'
import { commonErrors } from '../kernel/errors.ts'
import { ofTenant } from './present-api-key.ts'
import { type PortalTokenRow, portalTokenColumns } from './present-portal-token.ts'
import { verifiedKeysOf } from './verified-keys.ts'

type Tenant = string | 'platform'

/** Revoking again changes nothing. @throws not_found */
export async function revokePortalToken(
  ctx: Context,
  by: Caller,
  tenant: Tenant,
  id: string,
): Promise<void> {
  if ((await revoke(ctx, by, tenant, (tx) => tx`id = ${id}`)) === 0) throw commonErrors.not_found()
}

/** All of one subject that are still valid; how many those were. */
export async function revokePortalTokensOf(
  ctx: Context,
  by: Caller,
  tenant: Tenant,
  subject: string,
): Promise<number> {
  return revoke(
    ctx,
    by,
    tenant,
    (tx) => tx`subject = ${subject} and revoked_at is null and expires_at > now()`,
  )
}

/** At once in this process, within two seconds in others. */
async function revoke(
  ctx: Context,
  by: Caller,
  tenant: Tenant,
  which: (tx: Tx) => Fragment,
): Promise<number> {
  const revoked = await asTenant(ctx.database.api, tenant, async (tx) => {
    const rows = await tx<PortalTokenRow[]>`
      update portal_tokens set revoked_at = coalesce(revoked_at, now())
      where ${which(tx)} and ${ofTenant(tx, tenant)} returning ${portalTokenColumns(tx)}`
    for (const { id, organisationId, subject, prefix } of rows) {
      await recordAudit(tx, by, {
        action: 'portal_token.revoked',
        organisationId,
        targetId: id,
        before: { subject, prefix },
      })
    }
    return rows.length
  })
  if (revoked > 0) verifiedKeysOf(ctx).clear()
  return revoked
}
