import type { Context } from '../context.ts'
import type { Sql } from '../database/database.ts'
import type { Actor } from '../kernel/actor.ts'
import { type CredentialParts, digestSecret, isSameDigest, parseCredential } from './credential.ts'
import { verifiedKeysOf } from './verified-keys.ts'

type Row = Omit<Actor, 'kind'> & {
  secretDigest: string
  /** Of a key that was rotated lately. */
  previousSecretDigest: string | null
  previousSecretExpiresAt: Date | null
}

/** Who an API key or a portal token stands for; undefined when it is malformed, unknown, revoked or expired. */
export async function verifyCredential(
  ctx: Context,
  presented: string,
): Promise<Actor | undefined> {
  const credential = parseCredential(presented)
  if (credential === undefined) return undefined
  const digest = digestSecret(credential.secret)
  const nowMs = ctx.clock.monotonicMs()
  const verified = verifiedKeysOf(ctx)
  const actor = await verified.find(`${credential.prefix}:${digest}`, nowMs, () =>
    lookUp(ctx, credential, digest),
  )
  if (actor && verified.isUseDue(actor.id, nowMs)) void noteUse(ctx, actor)
  return actor
}

/** Through the engine's connections: whose rows may be seen is only known afterwards. */
async function lookUp(
  ctx: Context,
  { kind, prefix }: CredentialParts,
  digest: string,
): Promise<Actor | undefined> {
  const select = kind === 'api_key' ? selectApiKey : selectPortalToken
  const [row] = await ctx.database.engine.query((sql) => select(sql, prefix))
  if (row === undefined) return undefined
  const { secretDigest, previousSecretDigest, previousSecretExpiresAt, ...fields } = row
  if (isSameDigest(secretDigest, digest)) return { kind, ...fields }
  if (!isSameDigest(previousSecretDigest ?? '', digest)) return undefined
  return { kind, ...fields, expiresAt: earlier(fields.expiresAt, previousSecretExpiresAt) }
}

function earlier(one: Date | null, other: Date | null): Date | null {
  return one !== null && other !== null && one < other ? one : (other ?? one)
}

function selectApiKey(sql: Sql, prefix: string) {
  return sql<Row[]>`
    select id, name, organisation_id, scopes, expires_at, null::text[] as allowed_origins, secret_digest,
      previous_secret_expires_at,
      case when previous_secret_expires_at > now() then previous_secret_digest end as previous_secret_digest
    from api_keys
    where prefix = ${prefix} and revoked_at is null and (expires_at is null or expires_at > now())`
}

function selectPortalToken(sql: Sql, prefix: string) {
  return sql<Row[]>`
    select id, subject as name, organisation_id, scopes, expires_at, allowed_origins, secret_digest,
      null::text as previous_secret_digest, null::timestamptz as previous_secret_expires_at
    from portal_tokens
    where prefix = ${prefix} and revoked_at is null and expires_at > now()`
}

/** Off the request's path: nobody waits for it, and a failure costs a timestamp. */
async function noteUse(ctx: Context, { kind, id, organisationId }: Actor): Promise<void> {
  try {
    await ctx.database.engine.query(
      (sql) => sql`
        update ${sql(kind === 'api_key' ? 'api_keys' : 'portal_tokens')} set last_used_at = now()
        where id = ${id} and organisation_id is not distinct from ${organisationId}::uuid
          and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
    )
  } catch (error) {
    ctx.log.debug({ err: error, actorId: id }, 'the use of a credential could not be noted')
  }
}
