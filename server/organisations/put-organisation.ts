import { recordAudit } from '../audit/index.ts'
import type { Context } from '../context.ts'
import { asTenant } from '../database/tenant.ts'
import { requirePlatform } from '../http/organisation-of.ts'
import type { Caller } from '../kernel/caller.ts'
import { quotasOf } from '../limits/index.ts'
import {
  type OrganisationRow,
  organisationColumns,
  presentOrganisation,
} from './present-organisation.ts'
import type { Organisation, OrganisationInput } from './schemas.ts'

/**
 * Gives an organisation its name, whether or not it was known, and quotas of its own; those that are left out stay.
 * @throws platform_credential_required for quotas from anybody else
 */
export async function putOrganisation(
  ctx: Context,
  by: Caller,
  id: string,
  { name, quotas }: OrganisationInput,
): Promise<Organisation> {
  if (quotas !== undefined) requirePlatform(by.actor)
  const organisation = await asTenant(ctx.database.api, id, async (tx) => {
    const [row] = await tx<OrganisationRow[]>`
      select ${organisationColumns(tx)} from organisations where id = ${id} for update`
    const known = row && presentOrganisation(row)
    const own = { ...known?.quotas, ...quotas }
    const [changed] = await tx<OrganisationRow[]>`
      insert into organisations (id, name, quota_events_per_second, quota_events_burst, quota_subscriptions,
        quota_backlog)
      values (${id}, ${name}, ${own.eventsPerSecond ?? null}, ${own.eventsBurst ?? null},
        ${own.subscriptions ?? null}, ${own.backlog ?? null})
      on conflict (id) do update set name = excluded.name, quota_events_per_second = excluded.quota_events_per_second,
        quota_events_burst = excluded.quota_events_burst, quota_subscriptions = excluded.quota_subscriptions,
        quota_backlog = excluded.quota_backlog
      returning ${organisationColumns(tx)}`
    const after = presentOrganisation(changed as OrganisationRow)
    await recordAudit(tx, by, {
      action: 'organisation.updated',
      organisationId: id,
      targetId: id,
      before: known && { name: known.name, quotas: known.quotas },
      after: { name: after.name, ...((known || quotas) && { quotas: after.quotas }) },
    })
    return after
  })
  // Elsewhere within seconds, here at once.
  if (quotas !== undefined) await quotasOf(ctx).refresh()
  return organisation
}
