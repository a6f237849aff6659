import { recordAudit } from '../audit/index.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../database/database.ts'
import { asTenant } from '../database/tenant.ts'
import { commonErrors, type PosthornError } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { digestSecret, generateCredential, isSameDigest, parseCredential } from './credential.ts'

/**
 * Sees to it that somebody can get in. With `bootstrapApiKey`, that key exists as an admin key of the platform;
 * without, one is made when there is none, and returned so that it can be shown once. Of several processes that
 * start at once, one makes it.
 */
export async function ensureBootstrapKey(ctx: Context): Promise<{ apiKey: string } | undefined> {
  const { bootstrapApiKey } = ctx.config
  return asTenant(ctx.database.api, 'platform', async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext('posthorn.bootstrap_key'))`
    if (bootstrapApiKey !== undefined) return ensureGivenKey(ctx, tx, bootstrapApiKey)
    const admins = await tx`
      select from api_keys
      where organisation_id is null and 'admin' = any(scopes) and revoked_at is null
        and (expires_at is null or expires_at > now())
      limit 1`
    if (admins.length > 0) return undefined
    const { text, prefix, secretDigest } = generateCredential('ph')
    await insertAdminKey(tx, prefix, secretDigest)
    return { apiKey: text }
  })
}

async function ensureGivenKey(ctx: Context, tx: Tx, apiKey: string): Promise<undefined> {
  const key = parseCredential(apiKey)
  if (key?.kind !== 'api_key') throw unusable('is not an API key')
  const digest = digestSecret(key.secret)
  const [known] = await tx<KnownKey[]>`
    select organisation_id, secret_digest, scopes, revoked_at from api_keys where prefix = ${key.prefix}`
  if (known === undefined) {
    await insertAdminKey(tx, key.prefix, digest)
  } else if (!isSameDigest(known.secretDigest, digest)) {
    throw unusable('has the first half of another key')
  } else if (known.organisationId !== null || !known.scopes.includes('admin')) {
    throw unusable('exists, but not as an admin key of the platform')
  } else if (known.revokedAt !== null) {
    // Revoked on purpose; a restart must not bring it back.
    ctx.log.warn({ prefix: key.prefix }, 'the bootstrap API key was revoked and stays so')
  }
}

interface KnownKey {
  organisationId: string | null
  secretDigest: string
  scopes: string[]
  revokedAt: Date | null
}

async function insertAdminKey(tx: Tx, prefix: string, digest: string): Promise<void> {
  const [targetId, name, scopes] = [newId(), 'bootstrap', ['admin']]
  await tx`
    insert into api_keys (id, organisation_id, name, prefix, secret_digest, scopes)
    values (${targetId}, null, ${name}, ${prefix}, ${digest}, ${scopes})`
  await recordAudit(tx, 'system', {
    action: 'api_key.created',
    organisationId: null,
    targetId,
    after: { name, prefix, scopes },
  })
}

function unusable(message: string): PosthornError {
  const fix =
    'Use ph_, 12 letters or digits, _, and 43 more, all random, or leave it out to have one made.'
  return commonErrors.validation_failed({
    detail: `bootstrapApiKey ${message}. ${fix}`,
    issues: [{ field: 'bootstrapApiKey', message, fix }],
  })
}
