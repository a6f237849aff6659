import { recordAudit } from '../audit/index.ts'
import type { Context } from '../context.ts'
import { asTenant } from '../database/tenant.ts'
import type { Caller } from '../kernel/caller.ts'
import { type OrganisationRow, presentOrganisation } from './present-organisation.ts'
import type { Organisation } from './schemas.ts'

/** Gives an organisation its name, whether or not it was known. */
export async function putOrganisation(
  ctx: Context,
  by: Caller,
  id: string,
  input: { name: string },
): Promise<Organisation> {
  return asTenant(ctx.database.api, id, async (tx) => {
    const [known] = await tx<OrganisationRow[]>`
      select id, name, created_at from organisations where id = ${id} for update`
    const [row] = await tx<OrganisationRow[]>`
      insert into organisations (id, name) values (${id}, ${input.name})
      on conflict (id) do update set name = excluded.name
      returning id, name, created_at`
    const organisation = presentOrganisation(row as OrganisationRow)
    await recordAudit(tx, by, {
      action: 'organisation.updated',
      organisationId: id,
      targetId: id,
      before: known && { name: known.name },
      after: { name: organisation.name },
    })
    return organisation
  })
}
