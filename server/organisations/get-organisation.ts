import type { Context } from '../context.ts'
import { asTenant } from '../database/tenant.ts'
import { commonErrors } from '../kernel/errors.ts'
import {
  type OrganisationRow,
  organisationColumns,
  presentOrganisation,
} from './present-organisation.ts'
import type { Organisation } from './schemas.ts'

/** @throws not_found */
export async function getOrganisation(ctx: Context, id: string): Promise<Organisation> {
  const [row] = await asTenant(
    ctx.database.api,
    id,
    async (tx) =>
      tx<OrganisationRow[]>`select ${organisationColumns(tx)} from organisations where id = ${id}`,
  )
  if (!row) throw commonErrors.not_found()
  return presentOrganisation(row)
}
