import { recordAudit } from '../audit/index.ts'
import type { Context } from '../context.ts'
import { asTenant } from '../database/tenant.ts'
import { httpErrors } from '../http/errors.ts'
import { organisationOf, requirePlatform } from '../http/organisation-of.ts'
import { hasScope } from '../kernel/actor.ts'
import type { Caller } from '../kernel/caller.ts'
import { commonErrors } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { generateCredential } from './credential.ts'
import { type ApiKeyRow, apiKeyColumns, presentApiKey } from './present-api-key.ts'
import type { ApiKeyInput, ApiKeyWithSecret } from './schemas.ts'

/**
 * Makes a key. Nobody can give away more than they have: not another organisation's, not the platform's, no scope
 * of which they lack.
 */
export async function createApiKey(
  ctx: Context,
  by: Caller,
  input: ApiKeyInput,
): Promise<ApiKeyWithSecret> {
  const { actor } = by
  const organisationId = organisationOfKey(actor, input)
  const scopes = [...new Set(input.scopes)]
  const missing = scopes.filter((scope) => !hasScope(actor, scope))
  if (missing.length > 0) {
    throw httpErrors.scope_missing({
      detail: `Only who has ${missing.join(', ')} can give it to a key.`,
    })
  }
  const expiresAt = input.expiresAt ?? null
  if (expiresAt !== null && Date.parse(expiresAt) <= ctx.clock.now()) {
    const issue = {
      field: 'expiresAt',
      message: 'lies in the past',
      fix: 'Use a later time, or null for never.',
    }
    throw commonErrors.validation_failed({ issues: [issue] })
  }
  const { text, prefix, secretDigest } = generateCredential('ph')
  const created = await asTenant(ctx.database.api, organisationId ?? 'platform', async (tx) => {
    // organisations/ lies to the right of this room; a key is often what first names an organisation.
    if (organisationId !== null) {
      await tx`insert into organisations (id) values (${organisationId}) on conflict (id) do nothing`
    }
    const [row] = await tx<ApiKeyRow[]>`
      insert into api_keys (id, organisation_id, name, prefix, secret_digest, scopes, expires_at)
      values (${newId()}, ${organisationId}, ${input.name}, ${prefix}, ${secretDigest}, ${scopes}, ${expiresAt})
      returning ${apiKeyColumns(tx)}`
    const key = presentApiKey(row as ApiKeyRow)
    await recordAudit(tx, by, {
      action: 'api_key.created',
      organisationId,
      targetId: key.id,
      after: { name: key.name, prefix, scopes, expiresAt: key.expiresAt },
    })
    return key
  })
  return { ...created, apiKey: text }
}

/** A key of the platform is asked for by an explicit null, so that none is made by leaving something out. */
function organisationOfKey(actor: Caller['actor'], input: ApiKeyInput): string | null {
  if (input.organisationId === undefined && actor.organisationId === null) {
    const fix = 'Send the UUID of the organisation, or null for a key of the platform.'
    throw commonErrors.organisation_required({
      detail: `A key belongs to an organisation or to the platform. ${fix}`,
      issues: [{ field: 'organisationId', message: 'is required', fix }],
    })
  }
  if (input.organisationId !== null) return organisationOf(actor, input.organisationId)
  requirePlatform(actor)
  return null
}
