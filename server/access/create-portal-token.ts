import type { Context } from '../context.ts'
import { asTenant } from '../database/tenant.ts'
import { organisationOf } from '../http/organisation-of.ts'
import type { Actor } from '../kernel/actor.ts'
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
  actor: Actor,
  input: PortalTokenInput,
): Promise<PortalTokenWithSecret> {
  const organisationId = organisationOf(actor, input.organisationId)
  const { text, prefix, secretDigest } = generateCredential('pht')
  const row = await asTenant(ctx.database.api, organisationId, async (tx) => {
    // organisations/ lies to the right of this room; a token may be what first names an organisation.
    await tx`insert into organisations (id) values (${organisationId}) on conflict (id) do nothing`
    const [created] = await tx<PortalTokenRow[]>`
      insert into portal_tokens
        (organisation_id, id, subject, prefix, secret_digest, scopes, allowed_origins, created_by, expires_at)
      values (${organisationId}, ${newId()}, ${input.subject ?? null}, ${prefix}, ${secretDigest},
        ${[...new Set(input.scopes)]}, ${[...new Set(input.allowedOrigins)]}, ${`${actor.kind}:${actor.id}`},
        now() + ${input.expiresInSeconds} * interval '1 second')
      returning ${portalTokenColumns(tx)}`
    return created as PortalTokenRow
  })
  return { ...presentPortalToken(row), token: text }
}
