import { recordAudit } from '../audit/index.ts'
import type { Context } from '../context.ts'
import { asTenant } from '../database/tenant.ts'
import { organisationOf } from '../http/organisation-of.ts'
import type { Caller } from '../kernel/caller.ts'
import { newId } from '../kernel/ids.ts'
import { generateCredential } from './credential.ts'
import type { PortalTokenInput, PortalTokenWithSecret } from './portal-token-schemas.ts'
import {
  type PortalTokenRow,
  portalTokenColumns,
  presentPortalToken,
} from './present-portal-token.ts'

/** Makes a token. Who may has the scope `admin`, so has whatever a token can be given. */
export async function createPortalToken(
  ctx: Context,
  by: Caller,
  input: PortalTokenInput,
): Promise<PortalTokenWithSecret> {
  const organisationId = organisationOf(by.actor, input.organisationId)
  const { text, prefix, secretDigest } = generateCredential('pht')
  const created = await asTenant(ctx.database.api, organisationId, async (tx) => {
    // organisations/ lies to the right of this room; a token may be what first names an organisation.
    await tx`insert into organisations (id) values (${organisationId}) on conflict (id) do nothing`
    const [row] = await tx<PortalTokenRow[]>`
      insert into portal_tokens
        (organisation_id, id, subject, prefix, secret_digest, scopes, allowed_origins, created_by, expires_at)
      values (${organisationId}, ${newId()}, ${input.subject ?? null}, ${prefix}, ${secretDigest},
        ${[...new Set(input.scopes)]}, ${[...new Set(input.allowedOrigins)]}, ${`${by.actor.kind}:${by.actor.id}`},
        now() + ${input.expiresInSeconds} * interval '1 second')
      returning ${portalTokenColumns(tx)}`
    const token = presentPortalToken(row as PortalTokenRow)
    const { id, subject, scopes, allowedOrigins, expiresAt } = token
    await recordAudit(tx, by, {
      action: 'portal_token.created',
      organisationId,
      targetId: id,
      after: { subject, prefix, scopes, allowedOrigins, expiresAt },
    })
    return token
  })
  return { ...created, token: text }
}
