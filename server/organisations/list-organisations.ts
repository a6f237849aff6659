import type { Context } from '../context.ts'
import { asTenant } from '../database/tenant.ts'
import { decodeCursor, type Page, toPage } from '../kernel/page.ts'
import { type OrganisationRow, presentOrganisation } from './present-organisation.ts'
import type { Organisation } from './schemas.ts'

export interface OrganisationQuery {
  limit: number
  cursor?: string | undefined
}

/** Newest first. Platform credentials only: the caller has seen to that. */
export async function listOrganisations(
  ctx: Context,
  query: OrganisationQuery,
): Promise<Page<Organisation>> {
  const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor)
  const rows = await asTenant(
    ctx.database.api,
    'platform',
    async (tx) =>
      // Ids are the dashboard's and say nothing of time, and a cursor of milliseconds would skip rows within
      // one: so the cursor is an id, and its row says where the page begins.
      tx<OrganisationRow[]>`
        select id, name, created_at from organisations
        ${
          before === undefined
            ? tx``
            : tx`where (created_at, id) < (select created_at, id from organisations where id = ${before})`
        }
        order by created_at desc, id desc limit ${query.limit + 1}`,
  )
  return toPage(rows, query.limit, presentOrganisation)
}
