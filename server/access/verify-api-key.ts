import type { Context } from '../context.ts'
import type { Actor, Scope } from '../kernel/actor.ts'
import { digestSecret, isSameDigest, parseApiKey } from './api-key.ts'
import { verifiedKeysOf } from './verified-keys.ts'

interface KeyRow {
  id: string
  name: string
  organisationId: string | null
  secretDigest: string
  scopes: Scope[]
}

/** Who a presented key stands for; undefined when it is malformed, unknown, revoked or expired. */
export async function verifyApiKey(ctx: Context, presented: string): Promise<Actor | undefined> {
  const key = parseApiKey(presented)
  if (key === undefined) return undefined
  const digest = digestSecret(key.secret)
  const nowMs = ctx.clock.monotonicMs()
  const verified = verifiedKeysOf(ctx)
  const actor = await verified.find(`${key.prefix}:${digest}`, nowMs, () =>
    lookUp(ctx, key.prefix, digest),
  )
  if (actor && verified.isUseDue(actor.id, nowMs)) void noteUse(ctx, actor)
  return actor
}

/** Through the engine's connections: whose rows may be seen is only known afterwards. */
async function lookUp(ctx: Context, prefix: string, digest: string): Promise<Actor | undefined> {
  const [row] = await ctx.database.engine.query(
    (sql) => sql<KeyRow[]>`
      select id, name, organisation_id, secret_digest, scopes from api_keys
      where prefix = ${prefix} and revoked_at is null and (expires_at is null or expires_at > now())`,
  )
  if (row === undefined || !isSameDigest(row.secretDigest, digest)) return undefined
  const { id, name, organisationId, scopes } = row
  return { kind: 'api_key', id, name, organisationId, scopes }
}

/** Off the request's path: nobody waits for it, and a failure costs a timestamp. */
async function noteUse(ctx: Context, actor: Actor): Promise<void> {
  try {
    await ctx.database.engine.query(
      (sql) => sql`
        update api_keys set last_used_at = now()
        where id = ${actor.id} and organisation_id is not distinct from ${actor.organisationId}::uuid
          and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
    )
  } catch (error) {
    ctx.log.debug({ err: error, actorId: actor.id }, 'the use of an API key could not be noted')
  }
}
