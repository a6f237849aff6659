import type { Context } from '../context.ts'
import type { Actor } from '../kernel/actor.ts'

/** Whether a credential that was valid is so still, for requests that last: it may have been revoked or have expired. */
export async function isActorValid(ctx: Context, actor: Actor): Promise<boolean> {
  // Nobody can revoke a JWT: it only expires.
  if (actor.kind === 'jwt') return Number(actor.expiresAt) > ctx.clock.now()
  const rows = await ctx.database.engine.query(
    (sql) => sql`
      select from ${sql(actor.kind === 'api_key' ? 'api_keys' : 'portal_tokens')}
      where id = ${actor.id} and organisation_id is not distinct from ${actor.organisationId}::uuid
        and revoked_at is null and (expires_at is null or expires_at > now())`,
  )
  return rows.length === 1
}
