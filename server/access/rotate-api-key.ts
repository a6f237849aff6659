import { recordAudit } from '../audit/index.ts'
import type { Context } from '../context.ts'
import { asTenant } from '../database/tenant.ts'
import type { Caller } from '../kernel/caller.ts'
import { commonErrors } from '../kernel/errors.ts'
import { renewCredential } from './credential.ts'
import { accessErrors } from './errors.ts'
import { type ApiKeyRow, apiKeyColumns, ofTenant, presentApiKey } from './present-api-key.ts'
import type { ApiKeyWithSecret } from './schemas.ts'
import { verifiedKeysOf } from './verified-keys.ts'

/**
 * Gives a key a new secret; as it was, it stays good for a while, and an earlier one ends. Its id, prefix, scopes and
 * expiry stay. @throws not_found, api_key_ended
 */
export async function rotateApiKey(
  ctx: Context,
  by: Caller,
  tenant: string | 'platform',
  id: string,
  { overlapSeconds }: { overlapSeconds: number },
): Promise<ApiKeyWithSecret> {
  const rotated = await asTenant(ctx.database.api, tenant, async (tx) => {
    const [current] = await tx<(ApiKeyRow & { hasEnded: boolean })[]>`
      select ${apiKeyColumns(tx)}, revoked_at is not null or coalesce(expires_at <= now(), false) as has_ended
      from api_keys where id = ${id} and ${ofTenant(tx, tenant)} for update`
    if (current === undefined)
      throw commonErrors.not_found({ detail: `There is no API key ${id}.` })
    if (current.hasEnded) throw accessErrors.api_key_ended({ detail: 'Make a new key instead.' })
    const { text, secretDigest } = renewCredential(current.prefix)
    const [row] = await tx<ApiKeyRow[]>`
      update api_keys set secret_digest = ${secretDigest},
        previous_secret_digest = ${overlapSeconds === 0 ? null : tx`secret_digest`},
        previous_secret_expires_at = ${overlapSeconds === 0 ? null : tx`now() + make_interval(secs => ${overlapSeconds})`}
      where id = ${id} and ${ofTenant(tx, tenant)} returning ${apiKeyColumns(tx)}`
    const key = presentApiKey(row as ApiKeyRow)
    const { previousSecretExpiresAt } = key
    await recordAudit(tx, by, {
      action: 'api_key.rotated',
      organisationId: key.organisationId,
      targetId: id,
      before: { previousSecretExpiresAt: presentApiKey(current).previousSecretExpiresAt },
      after: { name: key.name, prefix: key.prefix, previousSecretExpiresAt },
    })
    return { ...key, apiKey: text }
  })
  verifiedKeysOf(ctx).clear()
  return rotated
}
