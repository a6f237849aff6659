import type { Context } from '../context.ts'
import type { Actor } from '../kernel/actor.ts'

/** Whether a credential that was valid is so still, for requests that last: it may have been revoked or have expired. */
export async function isActorValid(ctx: Context, actor: Actor): Promise<boolean> {
  const rows = await ctx.database.engine.query(
    (sql) => sql`
      select from api_keys
      where id = ${actor.id} and revoked_at is null and (expires_at is null or expires_at > now())`,
  )
  return rows.length === 1
}
