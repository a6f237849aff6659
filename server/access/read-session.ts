import type { Context } from '../context.ts'
import { asTenant } from '../database/tenant.ts'
import type { Actor } from '../kernel/actor.ts'
import { version } from '../kernel/version.ts'
import type { Session } from './schemas.ts'

/** What a client needs to know of its credential, and of this server. */
export async function readSession(ctx: Context, actor: Actor): Promise<Session> {
  const { events, deliveries } = ctx.config.retentionDays
  return {
    kind: actor.kind,
    id: actor.id,
    name: actor.name,
    organisationId: actor.organisationId,
    organisation:
      actor.organisationId === null ? null : await readOrganisation(ctx, actor.organisationId),
    scopes: [...actor.scopes],
    expiresAt: actor.expiresAt?.toISOString() ?? null,
    allowedOrigins: actor.allowedOrigins && [...actor.allowedOrigins],
    serverTime: new Date(ctx.clock.now()).toISOString(),
    version,
    retentionDays: { events, deliveries },
  }
}

/** A JWT may name one that nothing here has ever named. */
async function readOrganisation(ctx: Context, id: string): Promise<Session['organisation']> {
  const [known] = await asTenant(
    ctx.database.api,
    id,
    async (tx) => tx<{ name: string | null }[]>`select name from organisations where id = ${id}`,
  )
  return { id, name: known?.name ?? null }
}
