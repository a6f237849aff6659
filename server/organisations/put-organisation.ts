import type { Context } from '../context.ts'
import { asTenant } from '../database/tenant.ts'
import { type OrganisationRow, presentOrganisation } from './present-organisation.ts'
import type { Organisation } from './schemas.ts'

/** Gives an organisation its name, whether or not it was known. */
export async function putOrganisation(
  ctx: Context,
  id: string,
  input: { name: string },
): Promise<Organisation> {
  const [row] = await asTenant(
    ctx.database.api,
    id,
    async (tx) => tx<OrganisationRow[]>`
      insert into organisations (id, name) values (${id}, ${input.name})
      on conflict (id) do update set name = excluded.name
      returning id, name, created_at`,
  )
  return presentOrganisation(row as OrganisationRow)
}
